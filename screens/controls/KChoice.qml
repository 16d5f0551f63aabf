import QtQuick
import QtQuick.Templates as T
import "../theme"

// One of a few that exclude each other; a tick tells which holds.
T.AbstractButton {
    id: root

    required property bool chosen

    implicitHeight: Theme.touch
    focusPolicy: Qt.StrongFocus
    Keys.onReturnPressed: root.click()
    Keys.onEnterPressed: root.click()

    Accessible.role: Accessible.RadioButton
    Accessible.name: text
    Accessible.checkable: true
    Accessible.checked: chosen

    background: Rectangle {
        radius: height / 2
        color: root.down ? Theme.quietPressed : root.chosen ? Theme.actionSoft : Theme.surface
        border.width: root.chosen ? Theme.stroke * 2 : Theme.stroke
        border.color: root.chosen ? Theme.action : Theme.line

        KFocusRing {
            control: root
            corner: parent.height / 2
        }
    }

    contentItem: Item {
        Row {
            anchors.centerIn: parent
            spacing: Theme.gapTiny

            KIcon {
                anchors.verticalCenter: parent.verticalCenter
                name: root.chosen ? "check" : ""
                size: Theme.body
                ink: Theme.action
            }

            KLabel {
                words: root.text
                strong: root.chosen
                color: root.chosen ? Theme.action : Theme.ink
                Accessible.ignored: true
            }
        }
    }
}
