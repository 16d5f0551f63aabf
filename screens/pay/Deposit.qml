import QtQuick
import Kiosk.Pay
import "../controls"
import "../theme"

KPage {
    id: root

    required property DepositModel model

    centred: true
    affirm: root.model.owed ? qsTrId("owed.pay") : qsTrId("deposit.pay")
    affirmGlyph: "check"
    decline: root.model.owed ? qsTrId("owed.decline") : qsTrId("deposit.decline")
    onAffirmed: model.pay()
    onDeclined: model.decline()

    KText {
        width: parent.width
        words: root.model.owed ? qsTrId("owed.title") : qsTrId("deposit.title")
        size: Theme.title
        strong: true
        horizontalAlignment: Text.AlignHCenter
    }

    KText {
        width: parent.width
        words: root.model.ward
        secret: true
        size: Theme.lead
        color: Theme.inkSoft
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
                words: root.model.owed ? qsTrId("owed.suggested") : qsTrId("deposit.suggested")
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
                visible: !Theme.spare && words !== ""
                words: root.model.capitals
                secret: true
                size: Theme.lead
                color: Theme.inkSoft
                horizontalAlignment: Text.AlignHCenter
            }
        }
    }

    KNote {
        width: parent.width
        title: root.model.owed ? qsTrId("owed.why") : qsTrId("deposit.why")
        words: root.model.basis
        secret: true
    }

    KText {
        width: parent.width
        words: root.model.owed ? qsTrId("owed.keep") : qsTrId("deposit.keep")
        size: Theme.lead
        horizontalAlignment: Text.AlignHCenter
    }

    KButton {
        width: parent.width
        text: root.model.owed ? qsTrId("owed.window") : qsTrId("deposit.window")
        glyph: "map-pin"
        onClicked: root.model.toWindow()
    }
}
