pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Service
import "../controls"
import "../theme"

KPage {
    id: root

    required property ResultModel model
    readonly property bool good: model.tone === "good"

    overline: model.overline
    centred: true
    spacing: Theme.gap
    affirm: model.affirm
    affirmGlyph: "check"
    onAffirmed: model.proceed()

    KSign {
        anchors.horizontalCenter: parent?.horizontalCenter
        glyph: root.model.picture
        ground: root.good ? Theme.goodSoft : Theme.warnSoft
        ink: root.good ? Theme.good : Theme.warn
        size: Theme.px(Theme.spare ? 34 : 46)
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
        words: root.model.text
        size: Theme.lead
        horizontalAlignment: Text.AlignHCenter
    }

    KNumber {
        width: parent.width
        visible: root.model.number !== "" || root.model.code !== ""
        number: root.model.number
        code: root.model.code
    }

    Repeater {
        model: root.model.points

        KPoint {
            width: parent?.width ?? 0
        }
    }

    Repeater {
        model: root.model.following

        KOption {
            required property string key

            width: parent?.width ?? 0
            onClicked: root.model.follow(key)
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
