import QtQuick
import "../theme"

// A line drawing in a colour of the theme. Decoration: words beside it always say the same.
Image {
    id: root

    required property string name
    property real size: Theme.icon
    property color ink: Theme.ink

    width: size
    height: size
    sourceSize: Qt.size(size, size)
    source: name === "" ? "" : "image://icon/" + name + "/" + root.ink.toString().slice(1)
    visible: name !== ""
    Accessible.ignored: true
}
