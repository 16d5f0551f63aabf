import QtQuick
import Kiosk.Aid
import "../controls"
import "../theme"

FocusScope {
    id: root

    required property DoorModel model

    anchors.fill: parent
    focus: true
    Keys.onPressed: event => {
        if (event.text >= "0" && event.text <= "9") {
            root.model.add(event.text);
            event.accepted = true;
        } else if (event.key === Qt.Key_Backspace) {
            root.model.erase();
            event.accepted = true;
        }
    }

    Column {
        anchors {
            left: parent.left
            right: parent.right
            top: parent.top
            bottom: actions.top
            margins: Theme.margin
        }
        spacing: Theme.gap

        KText {
            width: parent.width
            words: qsTrId("staff.title")
            size: Theme.title
            strong: true
        }

        KText {
            width: parent.width
            words: root.model.answer === "" ? root.model.hint : root.model.answer
            size: Theme.lead
            color: root.model.answer === "" ? Theme.inkSoft : Theme.bad
        }

        Rectangle {
            width: parent.width
            height: Theme.touch
            radius: Theme.radius
            color: Theme.surface
            border.width: Theme.stroke * 1.6
            border.color: Theme.line

            KLabel {
                anchors.centerIn: parent
                words: root.model.dots
                size: Theme.heading
                Accessible.ignored: true
            }
        }

        KPad {
            width: parent.width
            onPressed: key => root.model.add(key)
            onErased: root.model.erase()
        }
    }

    KActions {
        id: actions

        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
        }
        affirm: root.model.ready ? qsTrId("staff.enter") : ""
        decline: qsTrId("staff.back")
        onAffirmed: root.model.enter()
        onDeclined: root.model.back()
    }
}
