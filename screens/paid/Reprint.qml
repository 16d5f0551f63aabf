import QtQuick
import Kiosk.Paid
import "../controls"
import "../theme"

KPage {
    id: root

    required property ReprintModel model

    title: model.title
    affirm: model.more ? model.on : qsTrId("next.done")
    affirmGlyph: model.more ? "arrow-right" : "check"
    decline: model.more ? qsTrId("next.done") : ""
    onAffirmed: model.proceed()
    onDeclined: model.leave()

    KText {
        width: parent.width
        words: root.model.bill
        secret: true
        size: Theme.lead
    }

    KNote {
        width: parent.width
        tone: root.model.missing ? "warn" : "plain"
        glyph: "printer"
        title: root.model.slip
        words: root.model.marked
    }

    KNote {
        width: parent.width
        tone: root.model.sheetMissing ? "warn" : "plain"
        glyph: "printer"
        title: root.model.sheet === "" ? "" : qsTrId("paper.official")
        words: root.model.sheet
    }

    KNote {
        width: parent.width
        glyph: "receipt-text"
        title: root.model.receipt === "" ? "" : qsTrId("fiscal.title")
        words: root.model.receipt
        secret: true
    }

    Column {
        width: parent.width
        visible: root.model.link !== "" && !Theme.covered
        spacing: Theme.gapSmall

        KQr {
            anchors.horizontalCenter: parent.horizontalCenter
            code: root.model.link
            side: Theme.px(64)
        }

        KText {
            width: parent.width
            words: qsTrId("fiscal.scan")
            horizontalAlignment: Text.AlignHCenter
        }
    }
}
