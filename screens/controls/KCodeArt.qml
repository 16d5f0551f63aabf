pragma ComponentBehavior: Bound

import QtQuick
import "../theme"

// A phone with a code, held to the scanner's window.
Item {
    id: root

    property real grow: 1

    implicitWidth: root.mm(170)
    implicitHeight: root.mm(128)
    Accessible.ignored: true

    // The light of the scanner, and its window at the machine's edge.
    Rectangle {
        anchors {
            horizontalCenter: parent.horizontalCenter
            bottom: parent.bottom
        }
        width: parent.width
        height: root.mm(24)
        radius: root.mm(5)
        color: Theme.machine

        Rectangle {
            anchors.centerIn: parent
            width: root.mm(64)
            height: root.mm(9)
            radius: root.mm(2)
            color: Theme.beam
        }
    }

    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        y: 0
        width: root.mm(56)
        height: root.mm(94)
        radius: root.mm(7)
        color: Theme.surface
        border.width: Theme.stroke * 2.4
        border.color: Theme.action

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            y: root.mm(5)
            width: root.mm(14)
            height: root.mm(2)
            radius: height / 2
            color: Theme.action
        }

        KIcon {
            anchors.centerIn: parent
            name: "qr-code"
            size: root.mm(42)
            ink: Theme.ink
        }
    }

    Repeater {
        model: [root.mm(22), root.width - root.mm(22) - root.mm(26)]

        KIcon {
            required property real modelData

            x: modelData
            y: root.mm(46)
            name: "arrow-down"
            size: root.mm(26)
            ink: Theme.action
        }
    }

    function mm(length: real): real {
        return Theme.px(length * grow);
    }
}
