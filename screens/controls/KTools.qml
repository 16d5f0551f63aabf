pragma ComponentBehavior: Bound

import QtQuick
import "../theme"

// What a person may want on any page: larger letters, more contrast, another language, a cover. Small, at the foot, within reach of a seated hand.
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

        columns: buttons.count > 4 ? Math.ceil(buttons.count / 2) : Math.max(1, buttons.count)

        anchors {
            left: parent.left
            right: parent.right
            leftMargin: Theme.margin
            rightMargin: Theme.margin
            verticalCenter: parent.verticalCenter
        }
        spacing: Theme.gapSmall

        Repeater {
            id: buttons

            model: root.tools

            KTool {
                required property string name
                required property string title
                required property string picture

                width: grid.cell
                text: title
                glyph: picture
                onClicked: root.used(name)
            }
        }
    }
}
