pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Face
import "../controls"
import "../theme"

FocusScope {
    id: root

    required property FaceConsentModel model

    anchors.fill: parent

    KPage {
        anchors {
            fill: undefined
            left: parent.left
            right: parent.right
            top: parent.top
            bottom: ways.top
        }
        title: qsTrId("face.consent.title")
        hint: qsTrId("face.consent.purpose")

        KNote {
            width: parent.width
            glyph: "hospital"
            words: qsTrId("face.consent.handler")
        }

        KNote {
            width: parent.width
            tone: "good"
            glyph: "shield-check"
            words: qsTrId("face.consent.stays")
        }

        KNote {
            width: parent.width
            glyph: "hand"
            words: qsTrId("face.consent.choice")
        }

        KText {
            width: parent.width
            words: qsTrId("face.need.title")
            color: Theme.inkSoft
        }

        Repeater {
            model: root.model.needs

            KTick {
                required property string need
                required property string title
                required property bool chosen

                width: parent.width
                text: title
                ticked: chosen
                onClicked: root.model.choose(need)
            }
        }

        KTick {
            width: parent.width
            strong: true
            text: qsTrId("face.consent.tick")
            ticked: root.model.agreed
            onClicked: root.model.tick()
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
        second: qsTrId("face.begin")
        secondGlyph: "eye"
        secondEnabled: root.model.agreed
        onFirstChosen: root.model.another()
        onSecondChosen: root.model.begin()
    }
}
