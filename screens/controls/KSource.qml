import QtQuick
import "../theme"

// Where a rule or a figure stands. People trust what names its paper.
Item {
    id: root

    required property string words

    implicitHeight: visible ? text.height : 0
    visible: words !== ""

    KIcon {
        id: sign

        anchors.left: parent.left
        name: "file-text"
        size: Theme.body
        ink: Theme.inkSoft
        y: Theme.body * 0.2
    }

    KText {
        id: text

        anchors {
            left: sign.right
            leftMargin: Theme.gapSmall
            right: parent.right
        }
        words: root.words
        size: Theme.caption
        color: Theme.inkSoft
    }
}
