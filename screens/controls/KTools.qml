pragma ComponentBehavior: Bound

import QtQuick
import "../theme"

// What a person may want on any page: larger letters, more contrast, another language, a cover. Small, at the foot, within reach of a seated hand.
// One row where the words allow it, with the picture above the word before a second row is begun: the page needs the room.
Rectangle {
    id: root

    required property var tools

    signal used(string tool)

    objectName: "tools"
    implicitHeight: grid.height + 2 * Theme.gapSmall
    color: Theme.sunken

    Grid {
        id: grid

        readonly property real cell: (width - (columns - 1) * spacing) / columns
        readonly property int lines: widest("aboveWidth") <= most(1) ? 1 : 2
        readonly property bool above: widest("besideWidth") > most(lines)

        columns: Math.max(1, Math.ceil(buttons.count / lines))

        anchors {
            left: parent.left
            right: parent.right
            leftMargin: Theme.margin
            rightMargin: Theme.margin
            verticalCenter: parent.verticalCenter
        }
        spacing: Theme.gapSmall

        // How wide a button may be when all of them stand in so many rows.
        function most(rows: int): real {
            const across = Math.max(1, Math.ceil(buttons.count / rows));
            return (width - (across - 1) * spacing) / across;
        }

        function widest(how: string): real {
            return grid.children.reduce((most, each) => Math.max(most, each[how] ?? 0), 0);
        }

        Repeater {
            id: buttons

            model: root.tools

            KTool {
                required property string name
                required property string title
                required property string picture

                width: grid.cell
                stacked: grid.above
                text: title
                glyph: picture
                onClicked: root.used(name)

                // At once, not before the next frame: a finger that comes first would find the buttons where none is seen.
                onWidthChanged: grid.forceLayout()
            }
        }
    }
}
