import QtQuick
import "../controls"
import "../theme"

// One paper and what became of it.
Item {
    id: root

    required property string title
    required property string words
    required property string tone
    readonly property color ink: tone === "good" ? Theme.good : tone === "warn" ? Theme.warn : Theme.inkSoft

    implicitHeight: Math.max(name.height, state.height)

    KIcon {
        id: sign

        anchors.left: parent.left
        y: (name.height - height) / 2
        name: root.tone === "good" ? "circle-check" : root.tone === "warn" ? "triangle-alert" : root.tone === "later" ? "receipt-text" : "printer"
        size: Theme.icon * 0.9
        ink: root.ink
    }

    KLabel {
        id: name

        anchors {
            left: sign.right
            leftMargin: Theme.gapSmall
        }
        words: root.title
        strong: true
        color: root.ink
    }

    KText {
        id: state

        anchors {
            left: name.right
            leftMargin: Theme.gap
            right: parent.right
        }
        words: root.words
        color: root.ink
    }
}
