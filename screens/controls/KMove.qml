import QtQuick
import QtQuick.Templates as T
import "../theme"

// Moves a long page up or down.
T.Button {
    id: root

    readonly property string controlKind: "KMove"

    required property string glyph

    implicitHeight: Theme.touch
    focusPolicy: Qt.StrongFocus
    opacity: enabled ? 1 : 0.35
    Keys.onReturnPressed: root.click()
    Keys.onEnterPressed: root.click()

    Accessible.name: text

    background: Rectangle {
        radius: Theme.radius
        color: root.down ? Theme.quietPressed : Theme.actionSoft

        KFocusRing {
            control: root
        }
    }

    contentItem: Item {
        Row {
            anchors.centerIn: parent
            spacing: Theme.gapSmall

            KIcon {
                anchors.verticalCenter: parent.verticalCenter
                name: root.glyph
                size: Theme.icon * 0.8
                ink: Theme.action
            }

            KLabel {
                words: root.text
                strong: true
                color: Theme.action
                Accessible.ignored: true
            }
        }
    }
}
