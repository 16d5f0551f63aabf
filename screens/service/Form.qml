import QtQuick
import Kiosk.Service
import "../controls"

KService {
    id: root

    required property FormModel model

    overline: model.overline
    title: model.label
    hint: model.error === "" ? model.hint : ""
    affirm: qsTrId("service.next")
    affirmGlyph: "arrow-right"
    affirmEnabled: model.complete
    onAffirmed: model.proceed()
    onDeclined: model.back()
    onExited: model.leave()

    // The figures of a real keypad are those of the pad.
    Keys.onPressed: event => {
        if (/^[0-9]$/.test(event.text))
            model.press(event.text);
        else if (event.key === Qt.Key_Backspace)
            model.erase();
        else
            return;
        event.accepted = true;
    }

    KNote {
        width: parent.width
        tone: "bad"
        title: root.model.error
    }

    KEntry {
        width: parent.width
        words: root.model.text
        secret: root.model.secret
        wrong: root.model.error !== ""
    }

    pad: KPad {
        width: parent?.width ?? 0
        extra: root.model.extra
        onPressed: key => root.model.press(key)
        onErased: root.model.erase()
    }
}
