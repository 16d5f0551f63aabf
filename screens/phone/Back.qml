import QtQuick
import Kiosk.Phone
import "../controls"
import "../theme"

FocusScope {
    id: root

    required property PhoneBackModel model

    anchors.fill: parent

    KPage {
        anchors {
            fill: undefined
            left: parent.left
            right: parent.right
            top: parent.top
            bottom: ways.top
        }
        title: root.model.title

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
                    words: root.model.bill
                    secret: true
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
                    visible: words !== ""
                    words: root.model.waits
                    size: Theme.lead
                    horizontalAlignment: Text.AlignHCenter
                }
            }
        }

        KNote {
            width: parent.width
            tone: root.model.paid ? "good" : "plain"
            glyph: root.model.paid ? "check" : "smartphone"
            title: root.model.told
        }
    }

    KEven {
        id: ways

        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
        }
        first: root.model.stay
        firstGlyph: root.model.paid ? "check" : "smartphone"
        second: root.model.go
        secondGlyph: root.model.paid ? "printer" : "arrow-right"
        onFirstChosen: root.model.leaveIt()
        onSecondChosen: root.model.proceed()
    }
}
