import QtQuick
import Kiosk.Waiting
import "../controls"
import "../theme"

Item {
    id: root

    required property WaitingModel model

    anchors.fill: parent

    Column {
        anchors {
            left: parent.left
            right: parent.right
            verticalCenter: parent.verticalCenter
            verticalCenterOffset: -Theme.gapHuge
            margins: Theme.margin
        }
        spacing: Theme.gapWide

        KSign {
            anchors.horizontalCenter: parent.horizontalCenter
            glyph: root.model.icon
        }

        Item {
            width: 1
            height: Theme.gapSmall
        }

        KText {
            width: parent.width
            words: root.model.title
            size: Theme.display
            strong: true
            horizontalAlignment: Text.AlignHCenter
        }

        KAmount {
            width: parent.width
            words: root.model.amount
            secret: true
            size: Theme.display
            horizontalAlignment: Text.AlignHCenter
        }

        KText {
            width: parent.width
            words: root.model.hint
            size: Theme.heading
            color: Theme.inkSoft
            horizontalAlignment: Text.AlignHCenter
        }

        Item {
            width: 1
            height: Theme.gap
        }

        KSpinner {
            anchors.horizontalCenter: parent.horizontalCenter
        }
    }
}
