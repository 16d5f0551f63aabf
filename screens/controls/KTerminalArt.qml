pragma ComponentBehavior: Bound

import QtQuick
import "../theme"

// A card terminal with a card going in from below.
Item {
    id: root

    property real grow: 1

    implicitWidth: root.mm(96)
    implicitHeight: root.mm(128)
    Accessible.ignored: true

    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        width: root.mm(64)
        height: root.mm(88)
        radius: root.mm(7)
        color: Theme.machine

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            y: root.mm(8)
            width: root.mm(48)
            height: root.mm(24)
            radius: root.mm(2)
            color: Theme.surface
        }

        Grid {
            anchors.horizontalCenter: parent.horizontalCenter
            y: root.mm(40)
            columns: 3
            spacing: root.mm(5)

            Repeater {
                model: 9

                Rectangle {
                    width: root.mm(11)
                    height: root.mm(8)
                    radius: root.mm(2)
                    color: Theme.machineSlot
                }
            }
        }
    }

    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        y: root.mm(84)
        width: root.mm(50)
        height: root.mm(32)
        radius: root.mm(3)
        color: Theme.surface
        border.width: Theme.stroke * 2
        border.color: Theme.action

        Rectangle {
            x: root.mm(6)
            y: root.mm(8)
            width: root.mm(10)
            height: root.mm(8)
            radius: root.mm(1)
            color: Theme.chip
        }
    }

    function mm(length: real): real {
        return Theme.px(length * grow);
    }
}
