import QtQuick
import QtQuick.Templates as T
import "../theme"

// One line of a list to choose from; a tick tells what was chosen before.
T.AbstractButton {
    id: root

    readonly property string controlKind: "KOption"

    required property string label
    required property string note
    required property bool chosen

    implicitHeight: Math.max(Theme.button, body.height + 2 * Theme.gap)
    focusPolicy: Qt.StrongFocus
    Keys.onReturnPressed: root.click()
    Keys.onEnterPressed: root.click()

    Accessible.role: Accessible.RadioButton
    Accessible.name: note === "" ? label : label + "\n" + note
    Accessible.checkable: true
    Accessible.checked: chosen

    background: Rectangle {
        radius: Theme.radius
        color: root.down ? Theme.quietPressed : root.chosen ? Theme.actionSoft : Theme.surface
        border.width: root.chosen ? Theme.stroke * 2.4 : Theme.stroke
        border.color: root.down || root.chosen ? Theme.action : Theme.line

        KFocusRing {
            control: root
        }
    }

    contentItem: Item {
        Column {
            id: body

            anchors {
                left: parent.left
                leftMargin: Theme.gapWide
                right: sign.left
                rightMargin: Theme.gap
                verticalCenter: parent.verticalCenter
            }

            KText {
                width: parent.width
                words: root.label
                size: Theme.heading
                strong: true
                Accessible.ignored: true
            }

            KText {
                width: parent.width
                words: root.note
                color: Theme.inkSoft
                Accessible.ignored: true
            }
        }

        KIcon {
            id: sign

            anchors {
                right: parent.right
                rightMargin: Theme.gap
                verticalCenter: parent.verticalCenter
            }
            name: root.chosen ? "circle-check" : "chevron-right"
            ink: Theme.action
        }
    }
}
