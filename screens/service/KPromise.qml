import QtQuick
import "../controls"
import "../theme"

// One sentence of a promise, numbered, so that it can be spoken of.
Item {
    id: root

    required property int index
    required property string said

    implicitHeight: text.height

    KLabel {
        id: at

        anchors.left: parent.left
        words: root.index + 1 + "."
        size: Theme.lead
        strong: true
        color: Theme.action
    }

    KText {
        id: text

        anchors {
            left: parent.left
            leftMargin: Theme.lead * 1.8
            right: parent.right
        }
        words: root.said
        size: Theme.lead
    }
}
