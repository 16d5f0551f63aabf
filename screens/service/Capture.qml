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
        id: wrong

        width: parent.width
        tone: "warn"
        title: root.model.error
    }

    // As wide as the page where the words leave so much, whole in any case: what is cut off was not looked at.
    KPreview {
        readonly property real remains: root.room - [wrong, advice, count, other].reduce((all, each) => all + (each.visible ? each.height + root.spacing : 0), 0)

        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(parent.width, Math.max(remains, Theme.px(90)) * 16 / 9)
        view: root.model.view
        guide: root.model.face ? "face" : "paper"
        words: root.model.face ? qsTrId("face.mirror") : qsTrId("service.paper_seen")
    }

    KText {
        id: advice

        width: parent.width
        words: root.model.advice
        size: Theme.heading
        strong: true
        horizontalAlignment: Text.AlignHCenter
    }

    KText {
        id: count

        width: parent.width
        words: root.model.count
        size: Theme.lead
        color: Theme.inkSoft
        horizontalAlignment: Text.AlignHCenter
    }

    KButton {
        id: other

        width: parent.width
        visible: root.model.other !== ""
        text: root.model.other
        onClicked: root.model.otherWay()
    }
}
