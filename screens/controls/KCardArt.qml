pragma ComponentBehavior: Bound

import QtQuick
import "../theme"

// Where the card goes: the card above the slot, chip end first. `out` turns the arrow round.
Item {
    id: root

    property bool out: false
    property real grow: 1
    property real travel: 0

    implicitWidth: root.mm(150)
    implicitHeight: root.mm(122)
    Accessible.ignored: true

    SequentialAnimation on travel {
        running: Theme.animated && root.visible
        loops: Animation.Infinite

        NumberAnimation {
            from: root.out ? 1 : 0
            to: root.out ? 0 : 1
            duration: 1400
            easing.type: Easing.InOutCubic
        }

        PauseAnimation {
            duration: 3600
        }
    }

    Rectangle {
        id: card

        x: (parent.width - width) / 2
        y: root.travel * root.mm(30)
        width: root.mm(58)
        height: root.mm(88)
        radius: root.mm(4)
        color: Theme.surface
        border.width: Theme.stroke * 2
        border.color: Theme.action

        Rectangle {
            x: root.mm(7)
            y: root.mm(8)
            width: root.mm(30)
            height: root.mm(4)
            radius: height / 2
            color: Theme.action
        }

        Rectangle {
            x: root.mm(7)
            y: root.mm(16)
            width: root.mm(20)
            height: root.mm(3)
            radius: height / 2
            color: Theme.line
        }

        Rectangle {
            anchors {
                horizontalCenter: parent.horizontalCenter
                bottom: parent.bottom
                bottomMargin: root.mm(14)
            }
            width: root.mm(18)
            height: root.mm(21)
            radius: root.mm(3)
            color: Theme.chip
            border.width: Theme.stroke
            border.color: Theme.chipLine

            Rectangle {
                anchors.centerIn: parent
                width: parent.width
                height: Theme.stroke
                color: Theme.chipLine
            }

            Rectangle {
                anchors.centerIn: parent
                width: Theme.stroke
                height: parent.height
                color: Theme.chipLine
            }

            Rectangle {
                anchors.centerIn: parent
                width: root.mm(7)
                height: root.mm(9)
                radius: root.mm(2)
                color: Theme.chip
                border.width: Theme.stroke
                border.color: Theme.chipLine
            }
        }
    }

    // The machine's front hides the part of the card that is inside.
    Rectangle {
        anchors {
            horizontalCenter: parent.horizontalCenter
            bottom: parent.bottom
        }
        width: parent.width
        height: root.mm(28)
        radius: root.mm(5)
        color: Theme.machine

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            y: root.mm(4)
            width: root.mm(70)
            height: root.mm(4)
            radius: height / 2
            color: Theme.machineSlot
        }

        Rectangle {
            anchors {
                horizontalCenter: parent.horizontalCenter
                bottom: parent.bottom
                bottomMargin: root.mm(6)
            }
            width: root.mm(7)
            height: width
            radius: width / 2
            color: Theme.lamp
        }
    }

    Repeater {
        model: [root.mm(14), root.width - root.mm(14) - root.mm(26)]

        KIcon {
            required property real modelData

            x: modelData
            y: root.mm(34)
            name: root.out ? "arrow-up" : "arrow-down"
            size: root.mm(26)
            ink: Theme.action
        }
    }

    function mm(length: real): real {
        return Theme.px(length * grow);
    }
}
