import QtQuick
import "../theme"

// What most pages are: a title, a column that may scroll, and the actions at the foot.
FocusScope {
    id: root

    property string overline: ""
    property bool secret: false
    property string title: ""
    property string hint: ""
    property alias affirm: actions.affirm
    property alias affirmGlyph: actions.affirmGlyph
    property alias decline: actions.decline
    property alias declineGlyph: actions.declineGlyph
    property alias spacing: scroll.spacing
    property alias centred: scroll.centred
    default property alias content: scroll.content

    signal affirmed
    signal declined

    anchors.fill: parent

    Column {
        id: head

        anchors {
            left: parent.left
            right: parent.right
            top: parent.top
            leftMargin: Theme.margin
            rightMargin: Theme.margin
            topMargin: Theme.gapWide
        }
        spacing: Theme.gapSmall

        KText {
            width: parent.width
            words: root.overline
            secret: root.secret
            size: Theme.lead
            color: Theme.inkSoft
        }

        KText {
            width: parent.width
            words: root.title
            size: Theme.title
            strong: true
        }

        KText {
            width: parent.width
            words: root.hint
            size: Theme.lead
            color: Theme.inkSoft
        }
    }

    KScroll {
        id: scroll

        anchors {
            left: parent.left
            right: parent.right
            top: head.bottom
            topMargin: root.title === "" ? 0 : Theme.gapSmall
            bottom: actions.top
        }
    }

    KActions {
        id: actions

        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
        }
        onAffirmed: root.affirmed()
        onDeclined: root.declined()
    }

    function reveal(item: Item): void {
        scroll.reveal(item);
    }
}
