import QtQuick
import Kiosk.Insurer
import "../controls"
import "../theme"

FocusScope {
    id: root

    required property InsurerRefusedModel model

    anchors.fill: parent

    KPage {
        anchors {
            fill: undefined
            left: parent.left
            right: parent.right
            top: parent.top
            bottom: ways.top
        }
        title: qsTrId("insurer.refused")

        KNote {
            width: parent.width
            tone: "good"
            glyph: "check"
            words: qsTrId("insurer.settled")
        }

        Rectangle {
            width: parent.width
            height: part.height + 2 * Theme.gap
            radius: Theme.radius * 1.4
            color: Theme.surface
            border.width: Theme.stroke * 2
            border.color: Theme.action

            Column {
                id: part

                anchors {
                    left: parent.left
                    right: parent.right
                    verticalCenter: parent.verticalCenter
                    margins: Theme.gapWide
                }
                spacing: Theme.gapSmall

                KText {
                    width: parent.width
                    words: root.model.who
                    secret: true
                    size: Theme.lead
                    strong: true
                    horizontalAlignment: Text.AlignHCenter
                }

                KText {
                    width: parent.width
                    words: qsTrId("insurer.open")
                    size: Theme.lead
                    horizontalAlignment: Text.AlignHCenter
                }

                KAmount {
                    width: parent.width
                    words: root.model.amount
                    secret: true
                    size: Theme.huge
                    horizontalAlignment: Text.AlignHCenter
                }
            }
        }

        KNote {
            width: parent.width
            title: qsTrId("insurer.why")
            words: root.model.reason
            secret: true
        }

        KText {
            width: parent.width
            words: root.model.choice
            size: Theme.lead
        }
    }

    KEven {
        id: ways

        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
        }
        // Where there is one way only, it is the way on.
        first: root.model.pay === "" ? "" : qsTrId("insurer.take_slip")
        firstGlyph: "receipt-text"
        second: root.model.pay === "" ? qsTrId("insurer.take_slip") : root.model.pay
        secondGlyph: root.model.pay === "" ? "receipt-text" : "check"
        onFirstChosen: root.model.takeSlip()
        onSecondChosen: root.model.pay === "" ? root.model.takeSlip() : root.model.payNow()
    }
}
