import QtQuick
import "../theme"

// A code for a phone: black on white whatever the theme. Its frame fits the picture, whose squares are whole pixels.
Rectangle {
    id: root

    required property string code
    property real side: Theme.px(96)
    readonly property bool drawn: picture.status === Image.Ready

    implicitWidth: drawn ? picture.implicitWidth + Theme.gapSmall : side
    implicitHeight: implicitWidth
    radius: Theme.radius
    color: "white"
    border.width: Theme.stroke * 2.4
    border.color: Theme.action
    Accessible.ignored: true

    Image {
        id: picture

        anchors.centerIn: parent
        source: root.code === "" ? "" : "image://code/" + root.code
        sourceSize: Qt.size(root.side, root.side)
        visible: root.drawn
        smooth: false
    }

    KSpinner {
        anchors.centerIn: parent
        visible: !root.drawn
    }
}
