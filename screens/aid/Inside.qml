pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Aid
import "../controls"
import "../theme"

KPage {
    id: root

    required property InsideModel model

    overline: model.who
    title: qsTrId("staff.inside")
    affirm: qsTrId("staff.leave")
    onAffirmed: model.leave()

    KButton {
        width: parent.width
        visible: root.model.canHelp
        text: qsTrId("staff.join")
        onClicked: root.model.join()
    }

    KText {
        width: parent.width
        visible: root.model.canHelp
        words: qsTrId("staff.join_note")
        color: Theme.inkSoft
    }

    KText {
        width: parent.width
        words: qsTrId("staff.devices")
        size: Theme.heading
        strong: true
    }

    Repeater {
        model: root.model.devices

        KFact {
            required property string title
            required property string health
            required property bool well

            width: parent?.width ?? 0
            label: title
            words: health
            ink: well ? Theme.ink : Theme.bad
        }
    }

    KText {
        width: parent.width
        words: qsTrId("staff.faults")
        size: Theme.heading
        strong: true
    }

    KText {
        width: parent.width
        words: root.model.faultless
        color: Theme.inkSoft
    }

    Repeater {
        model: root.model.faults

        KFact {
            required property string code
            required property string what

            width: parent?.width ?? 0
            label: what
            words: code
        }
    }
}
