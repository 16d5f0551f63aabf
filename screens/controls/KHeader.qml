import QtQuick
import "../theme"

// Where one stands and what time it is.
Rectangle {
    id: root

    required property string hospital
    required property string place
    required property string time
    required property string day

    signal held

    implicitHeight: Math.max(names.height, clock.height) + 2 * Theme.gap
    color: Theme.surface

    Rectangle {
        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
        }
        height: Theme.stroke
        color: Theme.line
    }

    Rectangle {
        id: badge

        anchors {
            left: parent.left
            leftMargin: Theme.margin
            verticalCenter: parent.verticalCenter
        }
        width: Theme.lead * 1.8
        height: width
        radius: Theme.radius
        color: Theme.action

        // Held for three seconds: staff come in here; nobody else looks for it.
        TapHandler {
            longPressThreshold: 3
            onLongPressed: root.held()
        }

        KIcon {
            anchors.centerIn: parent
            name: "hospital"
            size: Theme.lead * 1.2
            ink: Theme.inkOnAction
        }
    }

    Column {
        id: names

        anchors {
            left: badge.right
            leftMargin: Theme.gap
            right: Theme.spare ? parent.right : clock.left
            rightMargin: Theme.spare ? Theme.margin : Theme.gap
            verticalCenter: parent.verticalCenter
        }

        KAmount {
            width: root.width - badge.width - clock.width - 2 * Theme.margin - 2 * Theme.gap
            words: root.hospital
            size: Theme.lead
            minimumPixelSize: Theme.caption
        }

        KText {
            width: parent.width
            words: root.place
            size: Theme.caption
            color: Theme.inkSoft
        }
    }

    Column {
        id: clock

        anchors {
            right: parent.right
            rightMargin: Theme.margin
            top: names.top
        }

        KLabel {
            anchors.right: parent.right
            words: root.time
            size: Theme.lead
            strong: true
        }

        KLabel {
            anchors.right: parent.right
            visible: !Theme.spare
            words: root.day
            size: Theme.caption
            color: Theme.inkSoft
        }
    }
}
