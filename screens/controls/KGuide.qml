import QtQuick
import "../theme"

// A page that shows how something is done: a picture that takes the room the words leave, and the words under it.
FocusScope {
    id: root

    property string what: ""
    property string remedy: ""
    property alias decline: actions.decline
    property alias declineGlyph: actions.declineGlyph
    property alias art: frame.data
    default property alias content: words.data

    // A picture that is itself what the page is about stays however little room the words leave; others then give way.
    property bool essential: false

    // How much larger than drawn the picture may be: for the page to hand to it.
    readonly property real grow: Math.min(1.3, room / Theme.px(132))
    readonly property real room: height - actions.height - note.space - words.height - 4 * Theme.gapWide

    signal declined

    anchors.fill: parent

    KScroll {
        anchors {
            left: parent.left
            right: parent.right
            top: parent.top
            bottom: actions.top
        }
        centred: true

        KNote {
            id: note

            readonly property real space: visible ? height + Theme.gapWide : 0

            width: parent.width
            tone: "warn"
            title: root.what
            words: root.remedy
        }

        Item {
            id: frame

            width: parent.width
            height: visible ? childrenRect.height : 0
            visible: root.essential || root.grow >= 0.45
        }

        Column {
            id: words

            width: parent.width
            spacing: Theme.gapWide
        }
    }

    KActions {
        id: actions

        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
        }
        onDeclined: root.declined()
    }
}
