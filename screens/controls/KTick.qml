import QtQuick
import QtQuick.Templates as T
import "../theme"

// A box to tick, with its sentence. Never ticked beforehand.
T.AbstractButton {
    id: root

    required property bool ticked
    property bool strong: false

    implicitHeight: Math.max(Theme.touch, sentence.implicitHeight + 2 * Theme.gapSmall)
    focusPolicy: Qt.StrongFocus
    Keys.onReturnPressed: root.click()
    Keys.onEnterPressed: root.click()

    Accessible.role: Accessible.CheckBox
    Accessible.name: text
    Accessible.checkable: true
    Accessible.checked: ticked

    background: Rectangle {
        radius: Theme.radius
        color: root.down ? Theme.quietPressed : Theme.surface
        border.width: root.ticked || root.strong ? Theme.stroke * 1.6 : Theme.stroke
        border.color: root.ticked || root.strong ? Theme.action : Theme.line

        KFocusRing {
            control: root
        }
    }

    contentItem: Item {
        Rectangle {
            id: box

            anchors {
                left: parent.left
                leftMargin: Theme.gap
                verticalCenter: parent.verticalCenter
            }
            width: Theme.icon
            height: width
            radius: Theme.radius / 2
            color: root.ticked ? Theme.action : Theme.surface
            border.width: Theme.stroke * 1.6
            border.color: Theme.action

            KIcon {
                anchors.centerIn: parent
                visible: root.ticked
                name: "check"
                size: parent.width * 0.8
                ink: Theme.inkOnAction
            }
        }

        KText {
            id: sentence

            anchors {
                left: box.right
                right: parent.right
                leftMargin: Theme.gap
                rightMargin: Theme.gap
                verticalCenter: parent.verticalCenter
            }
            words: root.text
            size: root.strong ? Theme.lead : Theme.body
            strong: root.strong
            Accessible.ignored: true
        }
    }
}
