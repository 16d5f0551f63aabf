import QtQuick
import QtQuick.Templates as T
import "../controls"
import "../theme"

// A button for a mouse: smaller than the kiosk's. `chosen` marks what is so now.
T.Button {
    id: root

    property string hint: ""
    property bool chosen: false

    implicitHeight: hint === "" ? Theme.px(24) : Theme.px(36)
    focusPolicy: Qt.StrongFocus
    opacity: enabled ? 1 : 0.4
    Keys.onReturnPressed: root.click()
    Keys.onEnterPressed: root.click()

    Accessible.name: hint === "" ? text : text + "，" + hint

    background: Rectangle {
        radius: Theme.radius
        color: root.down ? Theme.quietPressed : root.chosen ? Theme.actionSoft : Theme.surface
        border.width: root.chosen ? Theme.stroke * 2 : Theme.stroke
        border.color: root.chosen ? Theme.action : Theme.line

        KFocusRing {
            control: root
        }
    }

    contentItem: Item {
        Column {
            anchors.centerIn: parent
            width: parent.width
            spacing: 1

            KLabel {
                width: parent.width
                words: root.text
                strong: true
                color: Theme.action
                horizontalAlignment: Text.AlignHCenter
                elide: Text.ElideRight
                Accessible.ignored: true
            }

            KLabel {
                width: parent.width
                words: root.hint
                size: Theme.caption
                color: Theme.inkSoft
                horizontalAlignment: Text.AlignHCenter
                elide: Text.ElideRight
                Accessible.ignored: true
            }
        }
    }
}
