import QtQuick
import "../controls"
import "../theme"

// One paper and what became of it.
Item {
    id: root

    required property string title
    required property string words
    required property string tone
    // A long sentence beside a long name would stand in a narrow column: it goes below.
    readonly property real beside: sign.width + Theme.gapSmall + name.width + Theme.gap
    readonly property bool below: whole.advanceWidth > 2 * (width - beside)
    readonly property color ink: tone === "good" ? Theme.good : tone === "warn" ? Theme.warn : Theme.inkSoft

    implicitHeight: below ? name.height + state.height : Math.max(name.height, state.height)

    TextMetrics {
        id: whole

        text: root.words
        font: state.font
    }

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
            top: root.below ? name.bottom : parent.top
            left: root.below ? sign.right : name.right
            leftMargin: root.below ? Theme.gapSmall : Theme.gap
            right: parent.right
        }
        words: root.words
        color: root.ink
    }
}
