import QtQuick
import "../theme"

// A name on the left and what it is on the right, the name giving way.
Item {
    id: root

    required property string label
    required property string words
    property real size: Theme.body
    property bool strong: false
    property color ink: Theme.ink
    property bool secret: false
    property bool secretLabel: false

    implicitHeight: Math.max(name.height, value.height)

    KText {
        id: name

        anchors {
            left: parent.left
            right: value.left
            rightMargin: value.visible ? Theme.gap : 0
        }
        words: root.label
        secret: root.secretLabel
        size: root.size
        strong: root.strong
        color: root.ink
    }

    KLabel {
        id: value

        anchors {
            right: parent.right
            baseline: name.baseline
        }
        words: root.words
        secret: root.secret
        size: root.size
        strong: true
        color: root.ink
    }
}
