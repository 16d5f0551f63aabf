import QtQuick
import QtQuick.Templates as T
import "../controls"
import "../theme"

// One invented person: name, card, and what the person is good for.
T.AbstractButton {
    id: root

    required property string name
    required property string hint
    required property bool chosen

    implicitHeight: Theme.px(19)
    text: name
    focusPolicy: Qt.StrongFocus

    Accessible.role: Accessible.RadioButton
    Accessible.name: name + "，" + hint
    Accessible.checkable: true
    Accessible.checked: chosen

    background: Rectangle {
        color: root.down ? Theme.quietPressed : root.chosen ? Theme.actionSoft : Theme.page
        border.width: root.visualFocus ? Theme.ring : 0
        border.color: Theme.focus
    }

    contentItem: Item {
        KIcon {
            id: tick

            anchors.verticalCenter: parent.verticalCenter
            x: Theme.gapSmall
            width: Theme.body
            name: root.chosen ? "check" : ""
            size: Theme.body
            ink: Theme.action
        }

        KLabel {
            id: who

            anchors.verticalCenter: parent.verticalCenter
            x: Theme.gapSmall * 2 + Theme.body
            width: Math.min(implicitWidth, parent.width / 2)
            words: root.name
            strong: root.chosen
            elide: Text.ElideRight
            Accessible.ignored: true
        }

        KLabel {
            anchors {
                left: who.right
                leftMargin: Theme.gap
                right: parent.right
                rightMargin: Theme.gapSmall
                verticalCenter: parent.verticalCenter
            }
            words: root.hint
            size: Theme.caption
            color: Theme.inkSoft
            elide: Text.ElideRight
            Accessible.ignored: true
        }
    }
}
