import QtQuick
import Kiosk.Frame
import "../theme"

// A paragraph, set by the typesetter. It needs a width; for one line beside other things there is KLabel.
Text {
    id: root

    required property string words

    // Personal: dots while the page is covered.
    property bool secret: false
    readonly property string shown: secret && Theme.covered && words !== "" ? qsTrId("tools.covered") : words
    property real size: Theme.body
    property bool strong: false

    text: Typesetter.lines(shown, size, strong, Math.floor(width) - 1)
    visible: words !== ""
    textFormat: Text.PlainText
    wrapMode: Text.Wrap
    color: Theme.ink
    font.family: Theme.family
    font.pixelSize: size
    font.bold: strong
    lineHeight: strong ? 0.9 : 0.96

    Accessible.role: Accessible.StaticText
    Accessible.name: shown
    Accessible.ignored: words === ""
}
