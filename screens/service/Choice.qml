pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Service
import "../controls"
import "../theme"

KService {
    id: root

    required property ChoiceModel model

    overline: model.overline
    title: model.title
    hint: model.hidden === "" ? model.hint : qsTrId("service.letters")
    spacing: Theme.gap
    onDeclined: model.back()
    onExited: model.leave()

    KNote {
        width: parent.width
        tone: "bad"
        title: root.model.error
    }

    // Large letters leave no room for list and pad at once: first the pad, then the few that are left.
    Repeater {
        model: Theme.spare && root.model.hidden !== "" ? null : root.model.options

        KOption {
            required property string key

            width: parent?.width ?? 0
            onClicked: root.model.choose(key)
        }
    }

    KText {
        width: parent.width
        visible: !Theme.spare && words !== ""
        words: root.model.hidden
        color: Theme.inkSoft
    }

    pad: Column {
        width: parent?.width ?? 0
        visible: root.model.many
        height: visible ? implicitHeight : 0
        spacing: Theme.gapSmall

        KEntry {
            width: parent.width
            words: root.model.letters
            wanted: qsTrId("service.letters_short")
            erasable: words !== ""
            onErased: root.model.erase()
        }

        KLetters {
            width: parent.width
            visible: root.model.hidden !== ""
            following: root.model.following
            onPressed: letter => root.model.press(letter)
        }
    }
}
