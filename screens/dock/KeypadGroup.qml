pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Dock
import "../theme"

// The keypad for those who do not touch, and the plug of a headset.
Group {
    id: root

    required property Desk desk
    required property Around around

    title: "按键键盘和耳机"
    glyph: "headset"
    condition: around.headset ? "插着耳机" : "没插耳机"
    tone: around.headset ? "good" : "plain"

    Grid {
        id: keys

        width: parent.width
        columns: 5
        spacing: Theme.gapSmall

        Repeater {
            model: root.around.keys

            delegate: DockButton {
                required property string key
                required property string name

                width: (keys.width - 4 * keys.spacing) / 5
                text: name
                enabled: root.desk.connected
                onClicked: root.around.press(key)
            }
        }
    }

    DockButton {
        width: parent.width
        text: root.around.headset ? "拔下耳机" : "插上耳机"
        enabled: root.desk.connected
        chosen: root.around.headset
        onClicked: root.around.plugHeadset(!root.around.headset)
    }
}
