pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Dock
import "../theme"

// The lens: who or what stands before it, and what is wrong with it.
Group {
    id: root

    required property Desk desk
    required property Lens lens

    title: "摄像头"
    glyph: "camera"
    condition: lens.condition
    tone: lens.condition === "" ? "plain" : lens.seesWell ? "good" : "warn"

    Row {
        id: people

        readonly property real part: (width - 2 * spacing) / 3

        width: parent.width
        spacing: Theme.gapSmall

        DockButton {
            width: people.part
            text: "站到镜头前"
            hint: "左边选的人"
            enabled: root.desk.connected
            chosen: root.lens.somebody
            onClicked: root.lens.stand()
        }

        DockButton {
            width: people.part
            text: "举照片"
            hint: "冒充那个人"
            enabled: root.desk.connected
            onClicked: root.lens.holdPicture()
        }

        DockButton {
            width: people.part
            text: root.lens.plugged ? "拔下摄像头" : "插上摄像头"
            hint: "USB 线"
            enabled: root.desk.connected
            chosen: root.desk.connected && !root.lens.plugged
            onClicked: root.lens.plug(!root.lens.plugged)
        }
    }

    Row {
        id: moves

        width: parent.width
        spacing: Theme.gapSmall

        Repeater {
            model: root.lens.moves

            delegate: DockButton {
                required property string key
                required property string name

                width: (moves.width - 4 * moves.spacing) / 5
                text: name
                enabled: root.desk.connected && root.lens.somebody
                onClicked: root.lens.move(key)
            }
        }
    }

    Grid {
        id: scenes

        width: parent.width
        columns: 3
        spacing: Theme.gapSmall

        Repeater {
            model: root.lens.scenes

            delegate: DockButton {
                required property string key
                required property string name
                required hint

                width: (scenes.width - 2 * scenes.spacing) / 3
                text: name
                enabled: root.desk.connected
                chosen: key === root.lens.scene
                onClicked: root.lens.see(key)
            }
        }
    }
}
