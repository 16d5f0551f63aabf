import QtQuick
import "../theme"

// The large round sign of a page that tells how something ended.
Rectangle {
    id: root

    required property string glyph
    property color ground: Theme.actionSoft
    property color ink: Theme.action
    property real size: Theme.px(58)

    width: size
    height: size
    radius: size / 2
    color: ground

    KIcon {
        anchors.centerIn: parent
        name: root.glyph
        size: root.size * 0.58
        ink: root.ink
    }
}
