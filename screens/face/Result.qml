import QtQuick
import Kiosk.Face
import "../controls"
import "../theme"

KPage {
    id: root

    required property FaceResultModel model

    centred: true
    affirm: model.affirm
    affirmGlyph: "check"
    onAffirmed: model.proceed()

    KSign {
        anchors.horizontalCenter: parent.horizontalCenter
        glyph: root.model.passed ? "circle-check" : "headset"
        ground: root.model.passed ? Theme.goodSoft : Theme.actionSoft
        ink: root.model.passed ? Theme.good : Theme.action
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
        words: root.model.what
        size: Theme.heading
        horizontalAlignment: Text.AlignHCenter
    }

    KText {
        width: parent.width
        words: root.model.where
        size: Theme.heading
        strong: true
        horizontalAlignment: Text.AlignHCenter
    }

    KNote {
        width: parent.width
        tone: "good"
        glyph: "shield-check"
        words: qsTrId("face.gone")
    }
}
