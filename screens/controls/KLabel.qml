import QtQuick
import "../theme"

// A few words on one line.
Text {
    id: root

    required property string words

    // Personal: dots while the page is covered.
    property bool secret: false
    readonly property string shown: secret && Theme.covered && words !== "" ? qsTrId("tools.covered") : words
    property real size: Theme.body
    property bool strong: false

    text: shown
    visible: words !== ""
    textFormat: Text.PlainText
    color: Theme.ink
    font.family: Theme.family
    font.pixelSize: size
    font.bold: strong

    Accessible.role: Accessible.StaticText
    Accessible.name: shown
    Accessible.ignored: words === ""
}
