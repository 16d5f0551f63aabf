pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Home
import "../controls"
import "../theme"

FocusScope {
    id: root

    required property CareModel model

    anchors.fill: parent

    Column {
        id: request

        anchors {
            left: parent.left
            right: parent.right
            top: parent.top
            margins: Theme.margin
        }
        spacing: Theme.gapSmall

        KText {
            width: parent.width
            words: root.model.title
            size: Theme.title
            strong: true
            horizontalAlignment: Text.AlignHCenter
        }

        KText {
            width: parent.width
            words: root.model.how
            size: Theme.lead
            color: Theme.inkSoft
            horizontalAlignment: Text.AlignHCenter
        }
    }

    Column {
        id: tiles

        readonly property real tall: (height - (every.count - 1) * spacing) / Math.max(1, every.count)

        anchors {
            left: parent.left
            right: parent.right
            top: request.bottom
            bottom: parent.bottom
            margins: Theme.margin
        }
        spacing: Theme.gap

        Repeater {
            id: every

            model: root.model.tiles

            KTile {
                required property string use
                required property string picture
                required property string title

                width: parent?.width ?? 0
                implicitHeight: tiles.tall
                text: title
                glyph: picture
                onClicked: root.model.use(use)
            }
        }
    }
}
