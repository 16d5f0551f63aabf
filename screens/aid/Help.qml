import QtQuick
import Kiosk.Aid
import "../controls"
import "../theme"

FocusScope {
    id: root

    required property HelpModel model

    anchors.fill: parent

    KScroll {
        anchors {
            left: parent.left
            right: parent.right
            top: parent.top
            bottom: actions.top
        }
        centred: true

        KSign {
            anchors.horizontalCenter: parent.horizontalCenter
            glyph: "headset"
            size: Theme.px(44)
        }

        KText {
            width: parent.width
            words: qsTrId("help.title")
            size: Theme.display
            strong: true
            horizontalAlignment: Text.AlignHCenter
        }

        KText {
            width: parent.width
            words: qsTrId("help.text")
            size: Theme.lead
            color: Theme.inkSoft
            horizontalAlignment: Text.AlignHCenter
        }

        KNote {
            width: parent.width
            glyph: "map-pin"
            title: root.model.where
            words: root.model.page
        }

        KNote {
            width: parent.width
            glyph: "phone"
            title: root.model.call
        }
    }

    KActions {
        id: actions

        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
        }
        affirm: qsTrId("help.back")
        onAffirmed: root.model.back()
    }
}
