import QtQuick
import Kiosk.Identify
import "../controls"
import "../theme"

KGuide {
    id: root

    required property CardModel model

    what: model.what
    remedy: model.remedy
    decline: qsTrId("card.back")
    declineGlyph: "arrow-left"
    onDeclined: model.leave()

    art: KCardArt {
        anchors.horizontalCenter: parent?.horizontalCenter
        grow: root.grow
    }

    KText {
        width: parent.width
        words: root.model.title
        size: Theme.display
        strong: true
        horizontalAlignment: Text.AlignHCenter
    }

    KText {
        width: parent.width
        words: qsTrId("card.hint")
        size: Theme.heading
        horizontalAlignment: Text.AlignHCenter
    }

    KNote {
        width: parent.width
        words: qsTrId("card.keep")
    }

    KText {
        width: parent.width
        words: root.model.otherwise
        color: Theme.inkSoft
        horizontalAlignment: Text.AlignHCenter
    }
}
