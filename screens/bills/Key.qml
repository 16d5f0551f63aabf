import QtQuick
import Kiosk.Bills
import "../controls"
import "../theme"

KGuide {
    id: root

    required property KeyModel model

    what: model.what
    decline: qsTrId("key.back")
    declineGlyph: "arrow-left"
    onDeclined: model.back()

    art: KSlipArt {
        anchors.horizontalCenter: parent?.horizontalCenter
        grow: root.grow
    }

    KText {
        width: parent.width
        words: qsTrId("key.title")
        size: Theme.display
        strong: true
        horizontalAlignment: Text.AlignHCenter
    }

    KText {
        width: parent.width
        words: qsTrId("key.hint")
        size: Theme.heading
        horizontalAlignment: Text.AlignHCenter
    }

    KNote {
        width: parent.width
        glyph: "shield-check"
        words: qsTrId("key.own")
    }
}
