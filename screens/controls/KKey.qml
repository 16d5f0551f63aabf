import QtQuick
import QtQuick.Templates as T
import "../theme"

// One key of a pad.
T.AbstractButton {
    id: root

    property string glyph: ""
    property string label: text

    implicitHeight: Math.max(Theme.touch, Theme.px(20))
    focusPolicy: Qt.StrongFocus
    opacity: enabled ? 1 : 0.3
    Keys.onReturnPressed: root.click()
    Keys.onEnterPressed: root.click()

    Accessible.role: Accessible.Button
    Accessible.name: label

    background: Rectangle {
        radius: Theme.radius
        color: root.down ? Theme.quietPressed : Theme.surface
        border.width: Theme.stroke
        border.color: root.down ? Theme.action : Theme.line

        KFocusRing {
            control: root
        }
    }

    contentItem: Item {
        KIcon {
            anchors.centerIn: parent
            name: root.glyph
            size: Theme.heading
            ink: Theme.ink
        }

        KLabel {
            anchors.centerIn: parent
            words: root.glyph === "" ? root.text : ""
            size: Theme.heading
            strong: true
            Accessible.ignored: true
        }
    }
}
