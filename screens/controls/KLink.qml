import QtQuick
import QtQuick.Templates as T
import "../theme"

// A quiet button beside a heading or a value.
T.AbstractButton {
    id: root

    property string glyph: ""
    property string label: text

    implicitHeight: Theme.spare ? Theme.touch : Theme.px(15.6)
    implicitWidth: Math.max(Theme.touch, inner.width + 2 * Theme.gap)
    focusPolicy: Qt.StrongFocus
    Keys.onReturnPressed: root.click()
    Keys.onEnterPressed: root.click()

    Accessible.role: Accessible.Button
    Accessible.name: label

    background: Rectangle {
        radius: Theme.radius
        color: root.down ? Theme.quietPressed : Theme.actionSoft

        KFocusRing {
            control: root
        }
    }

    contentItem: Item {
        Row {
            id: inner

            anchors.centerIn: parent
            spacing: Theme.gapTiny

            KIcon {
                anchors.verticalCenter: parent.verticalCenter
                name: root.glyph
                size: Theme.body
                ink: Theme.action
            }

            KLabel {
                anchors.verticalCenter: parent.verticalCenter
                words: root.text
                strong: true
                color: Theme.action
                Accessible.ignored: true
            }
        }
    }
}
