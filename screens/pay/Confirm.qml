import QtQuick
import Kiosk.Pay
import "../controls"
import "../theme"

KPage {
    id: root

    required property ConfirmModel model
    readonly property bool owes: model.own !== ""

    centred: true
    affirm: owes ? qsTrId("confirm.pay") : qsTrId("confirm.settle")
    affirmGlyph: "check"
    decline: qsTrId("confirm.decline")
    onAffirmed: model.pay()
    onDeclined: model.decline()

    KText {
        width: parent.width
        words: root.model.title
        size: Theme.spare ? Theme.title : Theme.display
        strong: true
        horizontalAlignment: Text.AlignHCenter
    }

    KText {
        width: parent.width
        words: root.model.what
        secret: true
        size: Theme.heading
        color: Theme.inkSoft
        horizontalAlignment: Text.AlignHCenter
    }

    Rectangle {
        width: parent.width
        height: amount.height + 2 * (Theme.spare ? Theme.gap : Theme.gapHuge)
        radius: Theme.radius * 1.4
        color: Theme.surface
        border.width: Theme.stroke * 2
        border.color: Theme.action

        Column {
            id: amount

            anchors {
                left: parent.left
                right: parent.right
                verticalCenter: parent.verticalCenter
                margins: Theme.gapWide
            }
            spacing: Theme.gapSmall

            KText {
                width: parent.width
                words: root.owes ? qsTrId("confirm.own") : qsTrId("confirm.nothing")
                size: root.owes ? Theme.heading : Theme.display
                strong: true
                horizontalAlignment: Text.AlignHCenter
            }

            KAmount {
                width: parent.width
                words: root.model.own
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

    KText {
        width: parent.width
        visible: !Theme.spare
        words: root.owes ? qsTrId("confirm.how") : qsTrId("confirm.how_nothing")
        size: Theme.lead
        horizontalAlignment: Text.AlignHCenter
    }

    KButton {
        width: parent.width
        visible: root.owes
        text: qsTrId("confirm.window")
        glyph: "map-pin"
        onClicked: root.model.toWindow()
    }
}
