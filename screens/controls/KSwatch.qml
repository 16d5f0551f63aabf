import QtQuick
import "../theme"

// A payer's field in the chart and beside their line: colour and pattern together.
Item {
    id: root

    required property string kind
    readonly property string pattern: kind === "aid" ? "dots" : kind === "account" ? "rising" : kind === "hospital" ? "bars" : kind === "own" ? "falling" : ""

    Rectangle {
        anchors.fill: parent
        color: Theme.payer(root.kind)
    }

    Image {
        anchors.fill: parent
        visible: root.pattern !== ""
        source: root.pattern === "" ? "" : "image://icon/pattern-" + root.pattern + "/" + Theme.payerPattern.toString().slice(1)
        sourceSize: Qt.size(Theme.px(7), Theme.px(7))
        fillMode: Image.Tile
        horizontalAlignment: Image.AlignLeft
        verticalAlignment: Image.AlignTop
        opacity: 0.55
    }
}
