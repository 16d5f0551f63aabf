import QtQuick
import Kiosk.Ending
import "../controls"
import "../theme"

Item {
    id: root

    required property FarewellModel model

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

        KCardArt {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: root.model.cardIn
            out: true
        }

        KSign {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: !root.model.cardIn
            glyph: "check"
            ground: Theme.goodSoft
            ink: Theme.good
        }

        Item {
            width: 1
            height: Theme.gapSmall
        }

        KText {
            width: parent.width
            words: !root.model.cardIn ? qsTrId("farewell.title") : root.model.reminded ? qsTrId("farewell.reminded") : qsTrId("farewell.take_card")
            size: Theme.display
            strong: true
            horizontalAlignment: Text.AlignHCenter
        }

        KText {
            width: parent.width
            words: root.model.cardIn ? qsTrId("farewell.take_card_hint") : qsTrId("farewell.hint")
            size: Theme.heading
            color: Theme.inkSoft
            horizontalAlignment: Text.AlignHCenter
        }
    }
}
