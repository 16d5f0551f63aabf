import QtQuick
import Kiosk.Pay
import "../controls"
import "../theme"

KPage {
    id: root

    required property AskingModel model

    centred: true
    affirm: qsTrId("asking.leave")
    affirmGlyph: "printer"
    onAffirmed: model.leave()

    KSign {
        anchors.horizontalCenter: parent.horizontalCenter
        glyph: "hourglass"
        ground: Theme.warnSoft
        ink: Theme.warn
    }

    KText {
        width: parent.width
        words: qsTrId("asking.title")
        size: Theme.display
        strong: true
        horizontalAlignment: Text.AlignHCenter
    }

    KSpinner {
        anchors.horizontalCenter: parent.horizontalCenter
    }

    KNote {
        width: parent.width
        tone: "good"
        glyph: "shield-check"
        title: qsTrId("asking.text")
        words: root.model.amount
        secret: true
    }

    KText {
        width: parent.width
        words: qsTrId("asking.leave_text")
        size: Theme.lead
    }

    KNumber {
        width: parent.width
        number: root.model.number
        code: root.model.code
    }
}
