import QtQuick
import Kiosk.Face
import "../controls"
import "../theme"

FocusScope {
    id: root

    required property FaceAgainModel model

    anchors.fill: parent

    KScroll {
        anchors {
            left: parent.left
            right: parent.right
            top: parent.top
            bottom: ways.top
        }
        centred: true

        KSign {
            anchors.horizontalCenter: parent.horizontalCenter
            glyph: "info"
            ground: Theme.warnSoft
            ink: Theme.warn
        }

        KText {
            width: parent.width
            words: root.model.what
            size: Theme.display
            strong: true
            horizontalAlignment: Text.AlignHCenter
        }

        KText {
            width: parent.width
            words: root.model.remedy
            size: Theme.heading
            horizontalAlignment: Text.AlignHCenter
        }

        KNote {
            width: parent.width
            glyph: "hand"
            words: root.model.choice
        }
    }

    KEven {
        id: ways

        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
        }
        first: qsTrId("face.another")
        firstGlyph: "headset"
        second: qsTrId("face.again")
        secondGlyph: "eye"
        onFirstChosen: root.model.another()
        onSecondChosen: root.model.again()
    }
}
