pragma ComponentBehavior: Bound

import QtQuick
import "../theme"

// The alphabet for pinyin initials. A letter that leads nowhere is grey.
Grid {
    id: root

    required property string following
    readonly property real cell: (width - 6 * spacing) / 7

    signal pressed(string letter)

    columns: 7
    spacing: Theme.gapSmall

    Repeater {
        model: "ABCDEFGHIJKLMNOPQRSTUVWXYZ".split("")

        KKey {
            required property string modelData

            width: root.cell
            text: modelData
            enabled: root.following.includes(modelData)
            onClicked: root.pressed(modelData)
        }
    }
}
