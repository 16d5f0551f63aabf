import QtQuick
import QtQuick.Templates as T
import "../theme"

// Around whatever the keys would press now.
Rectangle {
    id: root

    required property T.Control control
    property real corner: Theme.radius

    anchors.fill: parent
    anchors.margins: -Theme.ring * 1.6
    visible: control.visualFocus
    color: "transparent"
    radius: corner + Theme.ring * 1.6
    border.width: Theme.ring
    border.color: Theme.focus
}
