import QtQuick
import QtQuick.Templates as T
import "../theme"

// One of the buttons at the foot of every page: a picture beside a word, or above it.
T.AbstractButton {
    id: root

    property string glyph: ""
    required property bool chosen
    property bool stacked: false
    readonly property real aboveWidth: Math.max(drawing.width, word.width) + 2 * Theme.gapTiny
    readonly property real besideWidth: drawing.width + word.width + 3 * Theme.gapTiny
    readonly property color ink: chosen ? Theme.inkOnAction : Theme.action

    implicitHeight: stacked ? Math.max(Theme.touch, both.height + 2 * Theme.gapTiny) : Theme.touch
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
        Grid {
            id: both

            anchors.centerIn: parent
            columns: root.stacked ? 1 : 2
            columnSpacing: Theme.gapTiny
            horizontalItemAlignment: Grid.AlignHCenter
            verticalItemAlignment: Grid.AlignVCenter

            KIcon {
                id: drawing

                name: root.glyph
                size: Theme.caption * 1.25
                ink: root.down ? Theme.action : root.ink
            }

            KLabel {
                id: word

                words: root.text
                size: Theme.caption
                strong: true
                color: root.down ? Theme.action : root.ink
                Accessible.ignored: true
            }
        }
    }
}
