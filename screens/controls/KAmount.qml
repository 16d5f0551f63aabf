import QtQuick
import "../theme"

// Money, as large as its place allows. The text comes finished from the model.
Text {
    id: root

    required property string words

    // Personal: dots while the page is covered.
    property bool secret: false
    readonly property string shown: secret && Theme.covered && words !== "" ? qsTrId("tools.covered") : words
    property real size: Theme.huge

    text: shown
    visible: words !== ""
    textFormat: Text.PlainText
    color: Theme.ink
    font.family: Theme.family
    font.pixelSize: size
    font.bold: true
    fontSizeMode: Text.HorizontalFit
    minimumPixelSize: Theme.title
    lineHeight: 0.85

    Accessible.role: Accessible.StaticText
    Accessible.name: shown
    Accessible.ignored: words === ""
}
