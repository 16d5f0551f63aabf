import QtQuick
import Kiosk.Pay
import "../controls"
import "../theme"

KGuide {
    id: root

    required property ElsewhereModel model

    decline: qsTrId("code.leave")
    onDeclined: model.leave()

    art: KTerminalArt {
        anchors.horizontalCenter: parent?.horizontalCenter
        grow: root.grow
    }

    KText {
        width: parent.width
        words: qsTrId("terminal.title")
        size: Theme.display
        strong: true
        horizontalAlignment: Text.AlignHCenter
    }

    KText {
        width: parent.width
        words: qsTrId("terminal.hint")
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
        text: qsTrId("method.window")
        glyph: "map-pin"
        onClicked: root.model.toWindow()
    }
}
