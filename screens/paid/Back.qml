import QtQuick
import Kiosk.Paid
import "../controls"
import "../theme"

KPage {
    id: root

    required property BackModel model

    centred: true
    affirm: qsTrId("back.yes")
    affirmGlyph: "check"
    decline: qsTrId("back.no")
    onAffirmed: model.agree()
    onDeclined: model.decline()

    KText {
        width: parent.width
        words: qsTrId("back.title")
        size: Theme.title
        strong: true
        horizontalAlignment: Text.AlignHCenter
    }

    Rectangle {
        width: parent.width
        height: sum.height + 2 * Theme.gap
        radius: Theme.radius * 1.4
        color: Theme.surface
        border.width: Theme.stroke * 2
        border.color: Theme.action

        Column {
            id: sum

            anchors {
                left: parent.left
                right: parent.right
                verticalCenter: parent.verticalCenter
                margins: Theme.gapWide
            }
            spacing: Theme.gapSmall

            KText {
                width: parent.width
                words: root.model.caption
                size: Theme.lead
                strong: true
                horizontalAlignment: Text.AlignHCenter
            }

            KAmount {
                width: parent.width
                words: root.model.amount
                secret: true
                size: Theme.huge
                horizontalAlignment: Text.AlignHCenter
            }

            KText {
                width: parent.width
                words: root.model.paid
                secret: true
                size: Theme.lead
                color: Theme.inkSoft
                horizontalAlignment: Text.AlignHCenter
            }
        }
    }

    KNote {
        width: parent.width
        glyph: "undo-2"
        title: qsTrId("back.what")
        words: root.model.what
        secret: true
    }

    KNote {
        width: parent.width
        words: root.model.again
        secret: true
    }

    KText {
        width: parent.width
        words: root.model.how
        size: Theme.lead
        horizontalAlignment: Text.AlignHCenter
    }
}
