import QtQuick
import Kiosk.Ending
import "../controls"
import "../theme"

FocusScope {
    id: root

    required property StillThereModel model

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
            glyph: "hand"
        }

        KText {
            width: parent.width
            words: qsTrId("still.title")
            size: Theme.display
            strong: true
            horizontalAlignment: Text.AlignHCenter
        }

        KText {
            width: parent.width
            words: qsTrId("still.text")
            size: Theme.heading
            color: Theme.inkSoft
            horizontalAlignment: Text.AlignHCenter
        }

        KCountdown {
            width: parent.width
            seconds: root.model.seconds
        }
    }

    KActions {
        id: actions

        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
        }
        affirm: qsTrId("still.stay")
        decline: qsTrId("still.leave")
        onAffirmed: root.model.stay()
        onDeclined: root.model.leave()
    }
}
