import QtQuick
import Kiosk.Pay
import "../controls"
import "../theme"

KGuide {
    id: root

    required property PaymentCodeModel model

    what: model.what
    remedy: model.remedy
    decline: qsTrId("code.leave")
    onDeclined: model.leave()

    art: KCodeArt {
        anchors.horizontalCenter: parent?.horizontalCenter
        grow: root.grow
    }

    KText {
        width: parent.width
        words: qsTrId("code.title")
        size: Theme.display
        strong: true
        horizontalAlignment: Text.AlignHCenter
    }

    KText {
        width: parent.width
        words: qsTrId("code.hint")
        size: Theme.heading
        horizontalAlignment: Text.AlignHCenter
    }

    Rectangle {
        width: parent.width
        height: amount.height + 2 * Theme.gap
        radius: Theme.radius * 1.4
        color: Theme.surface
        border.width: Theme.stroke
        border.color: Theme.line

        KLabel {
            id: label

            anchors {
                left: parent.left
                leftMargin: Theme.gapWide
                verticalCenter: parent.verticalCenter
            }
            words: qsTrId("code.own")
            size: Theme.heading
            strong: true
        }

        KAmount {
            id: amount

            anchors {
                left: label.right
                leftMargin: Theme.gap
                right: parent.right
                rightMargin: Theme.gapWide
                verticalCenter: parent.verticalCenter
            }
            words: root.model.own
            secret: true
            size: Theme.display
            horizontalAlignment: Text.AlignRight
        }
    }

    KButton {
        width: parent.width
        text: qsTrId("code.window")
        glyph: "map-pin"
        onClicked: root.model.toWindow()
    }
}
