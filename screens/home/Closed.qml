import QtQuick
import Kiosk.Home
import "../controls"
import "../theme"

Item {
    id: root

    required property ClosedModel model

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
            glyph: "circle-pause"
            ground: Theme.warnSoft
            ink: Theme.warn
        }

        KText {
            width: parent.width
            words: qsTrId("closed.title")
            size: Theme.display
            strong: true
            horizontalAlignment: Text.AlignHCenter
        }

        KText {
            width: parent.width
            words: qsTrId("closed.elsewhere")
            size: Theme.heading
            horizontalAlignment: Text.AlignHCenter
        }

        Item {
            width: 1
            height: Theme.gap
        }

        KNote {
            width: parent.width
            title: root.model.reason
            words: root.model.code
        }

        KText {
            width: parent.width
            words: qsTrId("closed.money")
            color: Theme.inkSoft
            horizontalAlignment: Text.AlignHCenter
        }
    }
}
