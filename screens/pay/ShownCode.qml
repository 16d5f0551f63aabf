import QtQuick
import Kiosk.Pay
import "../controls"
import "../theme"

KGuide {
    id: root

    required property ElsewhereModel model

    decline: qsTrId("code.leave")
    onDeclined: model.leave()

    essential: true

    art: KQr {
        anchors.horizontalCenter: parent?.horizontalCenter
        side: Math.max(Theme.px(60), Math.min(Theme.px(120), root.room))
        code: root.model.code
    }

    KText {
        width: parent.width
        words: root.model.code === "" ? qsTrId("shown.coming") : qsTrId("shown.title")
        size: Theme.display
        strong: true
        horizontalAlignment: Text.AlignHCenter
    }

    KText {
        width: parent.width
        visible: !Theme.spare
        words: qsTrId("shown.hint")
        size: Theme.heading
        horizontalAlignment: Text.AlignHCenter
    }

    KOwed {
        width: parent.width
        own: root.model.own
    }

    KButton {
        width: parent.width
        visible: root.model.others
        text: qsTrId("code.other")
        glyph: "undo-2"
        onClicked: root.model.otherMethod()
    }

    KButton {
        width: parent.width
        text: qsTrId("code.window")
        glyph: "map-pin"
        onClicked: root.model.toWindow()
    }
}
