import QtQuick
import QtQuick.Templates as T
import "../theme"

// One of the buttons at the foot of every page: a picture beside a word.
T.AbstractButton {
    id: root

    property string glyph: ""
    required property bool chosen
    readonly property color ink: chosen ? Theme.inkOnAction : Theme.action

    implicitHeight: Theme.touch
    focusPolicy: Qt.StrongFocus
    Keys.onReturnPressed: root.click()
    Keys.onEnterPressed: root.click()

    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.checkable: true
    Accessible.checked: chosen

    background: Rectangle {
        radius: Theme.radius
        color: root.down ? Theme.quietPressed : root.chosen ? Theme.action : Theme.surface
        border.width: Theme.stroke
        border.color: root.chosen ? Theme.action : Theme.line

        KFocusRing {
            control: root
        }
    }

    contentItem: Item {
        Row {
            anchors.centerIn: parent
            spacing: Theme.gapTiny

            KIcon {
                anchors.verticalCenter: parent.verticalCenter
                name: root.glyph
                size: Theme.caption * 1.25
                ink: root.down ? Theme.action : root.ink
            }

            KLabel {
                anchors.verticalCenter: parent.verticalCenter
                words: root.text
                size: Theme.caption
                strong: true
                color: root.down ? Theme.action : root.ink
                Accessible.ignored: true
            }
        }
    }
}
