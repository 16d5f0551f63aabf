import QtQuick
import Kiosk.Phone
import "../controls"
import "../theme"

KPage {
    id: root

    required property PhoneWaitsModel model

    centred: true
    affirm: qsTrId("window.done")
    affirmGlyph: "check"
    onAffirmed: model.proceed()

    KText {
        width: parent.width
        words: qsTrId("phone.title")
        size: Theme.display
        strong: true
        horizontalAlignment: Text.AlignHCenter
    }

    KQr {
        anchors.horizontalCenter: parent?.horizontalCenter
        visible: root.model.link !== ""
        code: root.model.link
        side: Theme.px(Theme.spare ? 64 : 108)
    }

    KText {
        width: parent.width
        words: root.model.link === "" ? qsTrId("phone.find") : qsTrId("phone.scan")
        size: Theme.lead
        horizontalAlignment: Text.AlignHCenter
    }

    KText {
        width: parent.width
        words: root.model.where
        size: Theme.heading
        strong: true
        horizontalAlignment: Text.AlignHCenter
    }

    KText {
        width: parent.width
        words: root.model.until
        size: Theme.lead
        horizontalAlignment: Text.AlignHCenter
    }

    KNote {
        width: parent.width
        tone: "good"
        glyph: "shield-check"
        title: qsTrId("phone.money")
    }

    KNote {
        width: parent.width
        tone: root.model.missing ? "warn" : "plain"
        glyph: "printer"
        title: root.model.slip
        words: root.model.missing ? "" : qsTrId("phone.slip")
    }
}
