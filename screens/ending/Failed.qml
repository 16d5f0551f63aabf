import QtQuick
import Kiosk.Ending
import "../controls"
import "../theme"

KPage {
    id: root

    required property FailedModel model

    centred: true
    affirm: model.retry ? qsTrId("failed.again") : qsTrId("failed.leave")
    decline: model.retry ? qsTrId("failed.leave") : ""
    onAffirmed: model.retry ? model.again() : model.leave()
    onDeclined: model.leave()

    KSign {
        anchors.horizontalCenter: parent.horizontalCenter
        glyph: "info"
        ground: Theme.warnSoft
        ink: Theme.warn
    }

    KText {
        width: parent.width
        words: root.model.what
        size: Theme.display
        strong: true
        horizontalAlignment: Text.AlignHCenter
    }

    KNote {
        width: parent.width
        tone: "good"
        glyph: "shield-check"
        title: root.model.money
    }

    Column {
        width: parent.width
        spacing: Theme.gapTiny

        KText {
            width: parent.width
            words: qsTrId("failed.do")
            size: Theme.lead
            color: Theme.inkSoft
            horizontalAlignment: Text.AlignHCenter
        }

        KText {
            width: parent.width
            words: root.model.remedy
            size: Theme.heading
            strong: true
            horizontalAlignment: Text.AlignHCenter
        }
    }

    KNote {
        width: parent.width
        glyph: "printer"
        words: root.model.slip
    }

    KNote {
        width: parent.width
        visible: root.model.reason !== ""
        glyph: "info"
        title: qsTrId("failed.reason")
        words: root.model.reason
    }

    KNumber {
        width: parent.width
        number: root.model.number
        code: root.model.code
    }
}
