import QtQuick
import Kiosk.Paid
import "../controls"
import "../theme"

KPage {
    id: root

    required property RefundModel model

    centred: true
    affirm: model.more ? qsTrId("paid.another") : qsTrId("window.done")
    affirmGlyph: model.more ? "arrow-right" : "check"
    decline: model.more ? qsTrId("next.done") : ""
    onAffirmed: model.proceed()
    onDeclined: model.leave()

    KText {
        width: parent.width
        words: qsTrId("refund.title")
        size: Theme.title
        horizontalAlignment: Text.AlignHCenter
    }

    Rectangle {
        width: parent.width
        height: where.height + 2 * Theme.gapWide
        radius: Theme.radius * 1.4
        color: Theme.action

        KText {
            id: where

            anchors {
                left: parent.left
                right: parent.right
                leftMargin: Theme.gapWide
                rightMargin: Theme.gapWide
                verticalCenter: parent.verticalCenter
            }
            words: root.model.where
            size: Theme.display
            strong: true
            color: Theme.inkOnAction
            horizontalAlignment: Text.AlignHCenter
        }
    }

    KNote {
        width: parent.width
        glyph: "undo-2"
        title: root.model.total
        words: root.model.what
        secret: true
    }

    KNote {
        width: parent.width
        words: root.model.reasons
    }

    KText {
        width: parent.width
        words: root.model.how
        horizontalAlignment: Text.AlignHCenter
    }

    KNote {
        width: parent.width
        tone: root.model.missing ? "warn" : "plain"
        glyph: "printer"
        title: root.model.slip
    }
}
