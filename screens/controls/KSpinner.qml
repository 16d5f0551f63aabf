pragma ComponentBehavior: Bound

import QtQuick
import "../theme"

// Somebody is working. Three dots that take turns: calmer than a wheel, and cheap to draw.
Row {
    id: root

    property int turn: 0

    spacing: Theme.gap

    Accessible.ignored: true

    Timer {
        interval: 420
        repeat: true
        running: root.visible && Theme.animated
        onTriggered: root.turn = (root.turn + 1) % 3
    }

    Repeater {
        model: 3

        Rectangle {
            required property int index

            width: Theme.px(9)
            height: width
            radius: width / 2
            color: root.turn === index ? Theme.action : Theme.line
        }
    }
}
