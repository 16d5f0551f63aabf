pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Service
import "../controls"
import "../theme"

KPage {
    id: root

    required property GuideModel model

    overline: model.overline
    title: model.title
    hint: model.lead
    spacing: Theme.gap
    affirm: model.affirm
    affirmGlyph: model.begins ? "arrow-right" : "check"
    decline: qsTrId("service.back")
    declineGlyph: "arrow-left"
    onAffirmed: model.proceed()
    onDeclined: model.back()

    KLink {
        visible: root.model.paper !== "" && root.model.canPrint
        text: root.model.paper
        glyph: "printer"
        onClicked: root.model.print()
    }

    KText {
        width: parent.width
        visible: root.model.paper !== "" && !root.model.canPrint
        words: root.model.paper
        strong: true
    }

    Repeater {
        model: root.model.following

        KOption {
            required property string key

            width: parent?.width ?? 0
            onClicked: root.model.follow(key)
        }
    }

    Repeater {
        model: root.model.points

        KPoint {
            width: parent?.width ?? 0
        }
    }

    Column {
        width: parent.width
        visible: root.model.link !== ""
        spacing: Theme.gapSmall

        KQr {
            anchors.horizontalCenter: parent.horizontalCenter
            code: root.model.link
            side: Theme.px(40)
        }

        KText {
            width: parent.width
            words: root.model.linkWords
            horizontalAlignment: Text.AlignHCenter
        }
    }

    KSource {
        width: parent.width
        words: root.model.source
    }
}
