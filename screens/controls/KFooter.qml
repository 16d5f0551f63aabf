import QtQuick
import "../theme"

// Whom to call, on every page.
Item {
    id: root

    required property string help

    implicitHeight: lines.height + Theme.caption

    // Side by side where both have room, else one under the other.
    Grid {
        id: lines

        anchors.centerIn: parent
        columns: desk.width + line.width + Theme.gapHuge <= root.width - Theme.margin ? 2 : 1
        columnSpacing: Theme.gapHuge
        horizontalItemAlignment: Grid.AlignHCenter

        Row {
            id: desk

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
        }

        Row {
            id: line

            spacing: Theme.gapSmall

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
}
