import QtQuick
import Kiosk.Stay
import "../controls"
import "../theme"

KPage {
    id: root

    required property AdmittedModel model
    readonly property bool asks: model.deposit !== ""

    centred: true
    affirm: asks ? qsTrId("admission.to_deposit") : qsTrId("next.done")
    affirmGlyph: asks ? "arrow-right" : "check"
    decline: asks ? qsTrId("deposit.decline") : ""
    onAffirmed: model.proceed()
    onDeclined: model.leave()

    KText {
        width: parent.width
        words: qsTrId("admission.done")
        size: Theme.title
        strong: true
        color: Theme.good
        horizontalAlignment: Text.AlignHCenter
    }

    Rectangle {
        width: parent.width
        height: where.height + 2 * Theme.gapWide
        radius: Theme.radius * 1.4
        color: Theme.action

        Column {
            id: where

            anchors {
                left: parent.left
                right: parent.right
                leftMargin: Theme.gapWide
                rightMargin: Theme.gapWide
                verticalCenter: parent.verticalCenter
            }
            spacing: Theme.gapSmall

            KText {
                width: parent.width
                words: qsTrId("next.first_bare")
                size: Theme.lead
                color: Theme.inkOnAction
                horizontalAlignment: Text.AlignHCenter
            }

            KText {
                width: parent.width
                words: root.model.where
                size: Theme.display
                strong: true
                color: Theme.inkOnAction
                horizontalAlignment: Text.AlignHCenter
            }

            KText {
                width: parent.width
                words: root.model.what
                size: Theme.heading
                color: Theme.inkOnAction
                horizontalAlignment: Text.AlignHCenter
            }
        }
    }

    KText {
        width: parent.width
        words: root.model.number
        secret: true
        size: Theme.heading
        horizontalAlignment: Text.AlignHCenter
    }

    KNote {
        width: parent.width
        glyph: "receipt-text"
        title: root.model.deposit
        secret: true
    }

    KNote {
        width: parent.width
        tone: root.model.missing ? "warn" : "plain"
        glyph: "printer"
        title: root.model.slip
    }
}
