pragma ComponentBehavior: Bound

import QtQuick
import "../theme"

// How far the visit is. A number becomes a tick when done; the step under way is filled and its name is bold.
Item {
    id: root

    required property int at
    required property string label
    property bool givesBack: false
    readonly property list<string> names: [qsTrId("step.card"), qsTrId("step.check"), givesBack ? qsTrId("step.back") : qsTrId("step.pay"), qsTrId("step.take")]

    implicitHeight: visible ? Theme.caption * (Theme.spare ? 3.7 : 4.6) : 0
    visible: at > 0

    Accessible.role: Accessible.StaticText
    Accessible.name: label

    Row {
        id: row

        anchors {
            left: parent.left
            right: parent.right
            margins: Theme.margin
            verticalCenter: parent.verticalCenter
        }

        Repeater {
            model: root.names

            Item {
                id: step

                required property int index
                required property string modelData
                readonly property bool done: index + 1 < root.at
                readonly property bool current: index + 1 === root.at

                width: row.width / 4
                height: Theme.caption * 3.1

                Rectangle {
                    anchors {
                        left: parent.left
                        right: dot.left
                        verticalCenter: dot.verticalCenter
                    }
                    visible: step.index > 0
                    height: Theme.stroke * 2
                    color: step.done || step.current ? Theme.action : Theme.line
                }

                Rectangle {
                    anchors {
                        left: dot.right
                        right: parent.right
                        verticalCenter: dot.verticalCenter
                    }
                    visible: step.index < 3
                    height: Theme.stroke * 2
                    color: step.done ? Theme.action : Theme.line
                }

                Rectangle {
                    id: dot

                    anchors.horizontalCenter: parent.horizontalCenter
                    width: Theme.caption * 1.55
                    height: width
                    radius: width / 2
                    color: step.current ? Theme.action : step.done ? Theme.actionSoft : Theme.surface
                    border.width: Theme.stroke * 2
                    border.color: step.current || step.done ? Theme.action : Theme.line

                    KLabel {
                        anchors.centerIn: parent
                        words: step.done ? "" : step.index + 1
                        size: Theme.caption
                        strong: true
                        color: step.current ? Theme.inkOnAction : Theme.inkSoft
                        Accessible.ignored: true
                    }

                    KIcon {
                        anchors.centerIn: parent
                        name: step.done ? "check" : ""
                        size: Theme.caption
                        ink: Theme.action
                    }
                }

                KLabel {
                    anchors {
                        horizontalCenter: parent.horizontalCenter
                        top: dot.bottom
                        topMargin: Theme.gapTiny * 0.5
                    }
                    words: step.modelData
                    size: Theme.caption
                    strong: step.current
                    color: step.current ? Theme.action : Theme.inkSoft
                    Accessible.ignored: true
                }
            }
        }
    }
}
