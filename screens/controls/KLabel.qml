import QtQuick
import "../theme"

// A few words on one line.
Text {
    id: root

    required property string words
    property real size: Theme.body
    property bool strong: false

    text: words
    visible: words !== ""
    textFormat: Text.PlainText
    color: Theme.ink
    font.family: Theme.family
    font.pixelSize: size
    font.bold: strong

    Accessible.role: Accessible.StaticText
    Accessible.name: words
    Accessible.ignored: words === ""
}
