import QtQuick
import QtQuick.Templates as T
import "../theme"

// One of several things to choose from, as a card; its content is the page's.
T.AbstractButton {
    id: root

    readonly property string controlKind: "KRow"

    property string label: ""
    property bool secret: false
    default property alias content: holder.data

    implicitHeight: holder.childrenRect.height + foot.height + 2 * Theme.gapWide + (foot.visible ? Theme.gap : 0)
    focusPolicy: Qt.StrongFocus
    Keys.onReturnPressed: root.click()
    Keys.onEnterPressed: root.click()

    Accessible.role: Accessible.Button
    Accessible.name: secret && Theme.covered ? label : text

    background: Rectangle {
        radius: Theme.radius * 1.4
        color: root.down ? Theme.quietPressed : Theme.surface
        border.width: Theme.stroke
        border.color: root.down ? Theme.action : Theme.line

        KFocusRing {
            control: root
            corner: Theme.radius * 1.4
        }
    }

    contentItem: Item {
        Item {
            id: holder

            x: Theme.gapWide
            y: Theme.gapWide
            width: parent.width - 2 * Theme.gapWide
            height: childrenRect.height
        }

        Rectangle {
            id: foot

            anchors {
                left: parent.left
                right: parent.right
                bottom: parent.bottom
                margins: Theme.gapWide
            }
            visible: root.label !== ""
            height: visible ? Theme.touch * 1.15 : 0
            radius: Theme.radius
            color: root.down ? Theme.actionPressed : Theme.action

            Row {
                anchors.centerIn: parent
                spacing: Theme.gapTiny

                KLabel {
                    anchors.verticalCenter: parent.verticalCenter
                    words: root.label
                    size: Theme.lead
                    strong: true
                    color: Theme.inkOnAction
                    Accessible.ignored: true
                }

                KIcon {
                    anchors.verticalCenter: parent.verticalCenter
                    name: "chevron-right"
                    size: Theme.icon * 0.85
                    ink: Theme.inkOnAction
                }
            }
        }
    }
}
