import QtQuick
import Kiosk.Identify
import "../controls"

KPage {
    id: root

    required property WhoseModel model

    title: qsTrId("whose.title")
    hint: qsTrId("whose.hint")
    decline: qsTrId("whose.back")
    declineGlyph: "arrow-left"
    onDeclined: model.leave()

    KTile {
        width: parent.width
        text: qsTrId("whose.self")
        hint: qsTrId("whose.self_hint")
        glyph: "user-round"
        onClicked: root.model.chooseSelf()
    }

    KTile {
        width: parent.width
        text: qsTrId("whose.relative")
        hint: qsTrId("whose.relative_hint")
        glyph: "users-round"
        onClicked: root.model.chooseRelative()
    }

    KNote {
        width: parent.width
        words: qsTrId("whose.note")
    }
}
