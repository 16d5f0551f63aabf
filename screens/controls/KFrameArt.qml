pragma ComponentBehavior: Bound

import QtQuick
import "../theme"

// Where the paper lies, or the face is: a dark ground with the outline that what is photographed should fill.
Rectangle {
    id: root

    property bool face: false

    implicitHeight: Theme.px(160)
    radius: Theme.radius * 1.4
    color: Theme.machine
    Accessible.ignored: true

    Rectangle {
        anchors.centerIn: parent
        width: Theme.px(root.face ? 96 : 190)
        height: Theme.px(root.face ? 128 : 126)
        radius: root.face ? width / 2 : Theme.radius
        color: "transparent"
        border.width: Theme.stroke * 3
        border.color: Theme.lamp
    }
}
