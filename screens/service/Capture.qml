import QtQuick
import Kiosk.Service
import "../controls"
import "../theme"

KService {
    id: root

    required property CaptureModel model

    overline: model.overline
    title: model.title
    hint: model.hint
    affirm: qsTrId("service.take")
    affirmGlyph: "camera"
    affirmEnabled: model.ready
    onAffirmed: model.take()
    onDeclined: model.back()
    onExited: model.leave()

    KNote {
        width: parent.width
        tone: "warn"
        title: root.model.error
    }

    KFrameArt {
        width: parent.width
        face: root.model.face
    }

    KText {
        width: parent.width
        words: root.model.advice
        size: Theme.heading
        strong: true
        horizontalAlignment: Text.AlignHCenter
    }

    KText {
        width: parent.width
        words: root.model.count
        size: Theme.lead
        color: Theme.inkSoft
        horizontalAlignment: Text.AlignHCenter
    }

    KButton {
        width: parent.width
        visible: root.model.other !== ""
        text: root.model.other
        onClicked: root.model.otherWay()
    }
}
