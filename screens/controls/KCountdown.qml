import QtQuick
import "../theme"

// Draws how the flow's own patience runs out. It ends nothing: the flow does.
Item {
    id: root

    required property real seconds
    property real rest: 1

    implicitHeight: Theme.px(6)

    Accessible.ignored: true

    Rectangle {
        anchors.fill: parent
        radius: height / 2
        color: Theme.sunken
        border.width: Theme.stroke
        border.color: Theme.line
    }

    Rectangle {
        width: parent.width * root.rest
        height: parent.height
        radius: height / 2
        color: Theme.action
    }

    NumberAnimation on rest {
        from: 1
        to: 0
        duration: root.seconds * 1000
        running: Theme.animated && root.seconds > 0
    }
}
