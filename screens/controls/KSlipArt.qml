pragma ComponentBehavior: Bound

import QtQuick
import "../theme"

// A slip with a barcode, held to the scanner's window.
Item {
    id: root

    property real grow: 1

    implicitWidth: root.mm(170)
    implicitHeight: root.mm(118)
    Accessible.ignored: true

    Rectangle {
        anchors {
            horizontalCenter: parent.horizontalCenter
            bottom: parent.bottom
        }
        width: parent.width
        height: root.mm(24)
        radius: root.mm(5)
        color: Theme.machine

        Rectangle {
            anchors.centerIn: parent
            width: root.mm(64)
            height: root.mm(9)
            radius: root.mm(2)
            color: Theme.beam
        }
    }

    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        width: root.mm(82)
        height: root.mm(84)
        radius: root.mm(3)
        color: Theme.surface
        border.width: Theme.stroke * 2
        border.color: Theme.action

        Repeater {
            model: [52, 38, 46]

            Rectangle {
                required property int index
                required property real modelData

                x: root.mm(10)
                y: root.mm(10 + 9 * index)
                width: root.mm(modelData)
                height: root.mm(4)
                radius: height / 2
                color: Theme.line
            }
        }

        Row {
            anchors {
                horizontalCenter: parent.horizontalCenter
                bottom: parent.bottom
                bottomMargin: root.mm(10)
            }
            spacing: root.mm(2)

            Repeater {
                model: [2, 1, 3, 1, 2, 4, 1, 2, 1, 3, 2, 1, 4, 1, 2]

                Rectangle {
                    required property real modelData

                    width: root.mm(modelData)
                    height: root.mm(26)
                    color: Theme.ink
                }
            }
        }
    }

    function mm(length: real): real {
        return Theme.px(length * grow);
    }
}
