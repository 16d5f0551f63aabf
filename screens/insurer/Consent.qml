import QtQuick
import Kiosk.Insurer
import "../controls"
import "../theme"

FocusScope {
    id: root

    required property InsurerConsentModel model

    anchors.fill: parent

    KPage {
        anchors {
            fill: undefined
            left: parent.left
            right: parent.right
            top: parent.top
            bottom: ways.top
        }
        title: qsTrId("insurer.consent")

        Rectangle {
            width: parent.width
            height: policy.height + 2 * Theme.gap
            radius: Theme.radius * 1.4
            color: Theme.surface
            border.width: Theme.stroke * 2
            border.color: Theme.action

            Column {
                id: policy

                anchors {
                    left: parent.left
                    right: parent.right
                    verticalCenter: parent.verticalCenter
                    margins: Theme.gapWide
                }
                spacing: Theme.gapTiny

                KText {
                    width: parent.width
                    words: root.model.product
                    secret: true
                    size: Theme.heading
                    strong: true
                }

                KText {
                    width: parent.width
                    words: root.model.insurer
                    secret: true
                    color: Theme.inkSoft
                }
            }
        }

        KNote {
            width: parent.width
            glyph: "file-text"
            words: qsTrId("insurer.told")
        }

        KNote {
            width: parent.width
            glyph: "calculator"
            words: qsTrId("insurer.purpose")
        }

        KNote {
            width: parent.width
            tone: "good"
            glyph: "shield-check"
            words: qsTrId("insurer.not_told")
        }

        KNote {
            width: parent.width
            glyph: "hand"
            words: qsTrId("insurer.choice")
        }
    }

    KEven {
        id: ways

        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
        }
        first: qsTrId("insurer.no")
        firstGlyph: "arrow-left"
        second: qsTrId("insurer.agree")
        secondGlyph: "check"
        onFirstChosen: root.model.back()
        onSecondChosen: root.model.agree()
    }
}
