import QtQuick
import "../theme"

// Whom to call, on every page.
Item {
    id: root

    required property string help

    implicitHeight: Theme.caption * 2.5

    Row {
        anchors.centerIn: parent
        spacing: Theme.gapSmall

        KIcon {
            anchors.verticalCenter: parent.verticalCenter
            name: "phone"
            size: Theme.caption
            ink: Theme.inkSoft
        }

        KLabel {
            words: root.help
            size: Theme.caption
            color: Theme.inkSoft
        }

        Item {
            width: Theme.gap
            height: 1
        }

        KIcon {
            anchors.verticalCenter: parent.verticalCenter
            name: "headset"
            size: Theme.caption
            ink: Theme.inkSoft
        }

        KLabel {
            words: qsTrId("chrome.hotline")
            size: Theme.caption
            color: Theme.inkSoft
        }
    }
}
