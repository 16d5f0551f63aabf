import QtQuick
import Kiosk.Pay
import "../controls"
import "../theme"

KGuide {
    id: root

    required property PaymentCodeModel model

    what: model.what
    remedy: model.remedy
    decline: qsTrId("code.leave")
    onDeclined: model.leave()

    art: KCodeArt {
        anchors.horizontalCenter: parent?.horizontalCenter
        grow: root.grow
    }

    KText {
        width: parent.width
        words: qsTrId("code.title")
        size: Theme.display
        strong: true
        horizontalAlignment: Text.AlignHCenter
    }

    KText {
        width: parent.width
        visible: !(Theme.spare && root.model.what !== "")
        words: qsTrId("code.hint")
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
        glyph: "smartphone"
        onClicked: root.model.otherMethod()
    }

    KButton {
        width: parent.width
        text: qsTrId("code.window")
        glyph: "map-pin"
        onClicked: root.model.toWindow()
    }
}
