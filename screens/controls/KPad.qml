pragma ComponentBehavior: Bound

import QtQuick
import "../theme"

// Figures as on a telephone, the one extra key a field wants, and one that takes the last character back.
Grid {
    id: root

    property string extra: ""
    readonly property real cell: (width - 2 * spacing) / 3

    signal pressed(string key)
    signal erased

    columns: 3
    spacing: Theme.gapSmall

    Repeater {
        model: ["1", "2", "3", "4", "5", "6", "7", "8", "9", root.extra, "0", ""]

        KKey {
            required property string modelData
            required property int index
            readonly property bool erases: index === 11

            width: root.cell
            height: Math.max(Theme.touch, Theme.px(25))
            text: modelData
            glyph: erases ? "delete" : ""
            label: erases ? qsTrId("service.erase") : modelData
            enabled: erases || modelData !== ""
            opacity: enabled ? 1 : 0
            onClicked: erases ? root.erased() : root.pressed(modelData)
        }
    }
}
