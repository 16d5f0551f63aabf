import QtQuick
import Kiosk.Identify
import "../controls"
import "../theme"

FocusScope {
    id: root

    required property AgentModel model

    anchors.fill: parent

    KScroll {
        anchors {
            left: parent.left
            right: parent.right
            top: parent.top
            bottom: ways.top
        }
        centred: true

        KNote {
            width: parent.width
            visible: root.model.what !== ""
            tone: "warn"
            title: root.model.what
            words: root.model.remedy
        }

        KSign {
            anchors.horizontalCenter: parent.horizontalCenter
            glyph: "id-card"
            ground: Theme.actionSoft
            ink: Theme.action
        }

        KText {
            width: parent.width
            words: root.model.title
            size: Theme.display
            strong: true
            horizontalAlignment: Text.AlignHCenter
        }

        KText {
            width: parent.width
            words: root.model.hint
            size: Theme.heading
            horizontalAlignment: Text.AlignHCenter
        }

        KNote {
            width: parent.width
            glyph: root.model.assured
            words: root.model.assurance
        }
    }

    KEven {
        id: ways

        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
        }
        first: root.model.way
        firstGlyph: root.model.leads
        onFirstChosen: root.model.another()
    }
}
