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

    // How tall the column may be before it must be moved.
    readonly property real room: scroll.room
    default property alias content: scroll.content


    // What ends the whole service, asked once more before it does; empty where the page has no such end.
    property string exit: ""
    property alias exitTitle: leaving.title
    property alias exitWords: leaving.words
    property alias exitStay: leaving.decline
    property bool affirmEnabled: true

    // Below the scrolling part, above the actions: a pad of keys.
    property alias pad: pad.data

    signal affirmed
    signal declined
    signal exited

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

        Item {
            width: parent.width
            height: Math.max(over.visible ? over.height : 0, out.visible ? out.height : 0)
            visible: over.visible || out.visible

            KText {
                id: over

                anchors.left: parent.left
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - (out.visible ? out.width + Theme.gap : 0)
                words: root.overline
                secret: root.secret
                size: Theme.spare ? Theme.caption : Theme.lead
                color: Theme.inkSoft
            }

            KLink {
                id: out

                anchors.right: parent.right
                visible: root.exit !== ""
                text: root.exit
                onClicked: leaving.show()
            }
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
            bottom: pad.top
        }
    }

    Item {
        id: pad

        anchors {
            left: parent.left
            right: parent.right
            bottom: actions.top
            leftMargin: Theme.margin
            rightMargin: Theme.margin
        }
        height: childrenRect.height
    }

    KActions {
        id: actions

        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
        }
        onAffirmed: root.affirmed()
        affirmEnabled: root.affirmEnabled
        onDeclined: root.declined()
    }

    KDialog {
        id: leaving

        title: ""
        affirm: root.exit
        decline: ""
        onAffirmed: root.exited()
    }

    function reveal(item: Item): void {
        scroll.reveal(item);
    }

    function toTop(): void {
        scroll.turnTo(0);
    }
}
