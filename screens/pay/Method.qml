pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Pay
import "../controls"
import "../theme"

KPage {
    id: root

    required property MethodModel model

    spacing: Theme.gap
    title: qsTrId("method.title")
    decline: qsTrId("code.leave")
    onDeclined: model.leave()

    KNote {
        width: parent.width
        visible: root.model.what !== ""
        tone: "warn"
        title: root.model.what
        words: root.model.remedy
    }

    KOwed {
        width: parent.width
        own: root.model.own
    }

    Repeater {
        model: root.model.methods

        KTile {
            required property string name
            required property string title
            required hint
            required glyph

            width: parent?.width ?? 0
            text: title
            onClicked: root.model.choose(name)
        }
    }

    KTile {
        width: parent.width
        visible: root.model.phone
        text: qsTrId("method.phone")
        hint: qsTrId("method.phone_hint")
        glyph: "receipt-text"
        onClicked: root.model.toPhone()
    }

    KButton {
        width: parent.width
        text: qsTrId("method.window")
        glyph: "map-pin"
        onClicked: root.model.toWindow()
    }
}
