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
        hint: root.model.purpose

        KNote {
            width: parent.width
            glyph: "hospital"
            words: qsTrId("face.consent.handler")
        }

        KNote {
            width: parent.width
            tone: "good"
            glyph: "shield-check"
            words: root.model.stays
        }

        KNote {
            width: parent.width
            glyph: "hand"
            words: root.model.choice
        }

        KText {
            width: parent.width
            visible: root.model.moves
            words: qsTrId("face.need.title")
            color: Theme.inkSoft
        }

        Repeater {
            model: root.model.moves ? root.model.needs : null

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

        KNote {
            width: parent.width
            visible: root.model.second
            glyph: "users-round"
            words: qsTrId("face.second.what") + " " + qsTrId("face.second.choice")
        }

        KTick {
            width: parent.width
            visible: root.model.second
            strong: true
            text: qsTrId("face.second.tick")
            ticked: root.model.seconded
            onClicked: root.model.tickSecond()
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
