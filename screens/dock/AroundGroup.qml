pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Dock
import "../controls"
import "../theme"

// Lights that the kiosk has lit, whoever stands before it, and the power behind it.
Group {
    id: root

    required property Desk desk
    required property Around around

    title: "指示灯、感应器和电源"
    glyph: "info"
    condition: around.mains === "failed" ? "停电，用电池" : around.mains === "ending" ? "电池快用完" : around.somebody ? "机器前有人" : desk.connected ? "机器前没有人" : ""
    tone: around.mains === "failed" || around.mains === "ending" ? "warn" : around.somebody ? "good" : "plain"

    Grid {
        id: lights

        width: parent.width
        columns: 6
        spacing: Theme.gapSmall

        Repeater {
            model: root.around.lights

            delegate: Column {
                id: light

                required property string name
                required property bool lit

                width: (lights.width - 5 * lights.spacing) / 6
                spacing: Theme.gapTiny

                Accessible.role: Accessible.Indicator
                Accessible.name: name + (lit ? "，亮着" : "，没亮")

                Rectangle {
                    anchors.horizontalCenter: parent.horizontalCenter
                    width: Theme.px(14)
                    height: width
                    radius: width / 2
                    color: light.lit ? Theme.lamp : Theme.sunken
                    border.width: Theme.stroke * (light.lit ? 2 : 1)
                    border.color: light.lit ? Theme.good : Theme.line
                }

                KLabel {
                    width: parent.width
                    words: light.name
                    size: Theme.caption
                    strong: light.lit
                    color: light.lit ? Theme.good : Theme.inkSoft
                    horizontalAlignment: Text.AlignHCenter
                    Accessible.ignored: true
                }
            }
        }
    }

    Row {
        id: row

        readonly property real part: (width - 4 * spacing) / 5

        width: parent.width
        spacing: Theme.gapSmall

        DockButton {
            width: row.part
            text: "走近"
            enabled: root.desk.connected
            chosen: root.around.somebody
            onClicked: root.around.stand(true)
        }

        DockButton {
            width: row.part
            text: "走开"
            enabled: root.desk.connected
            chosen: root.desk.connected && !root.around.somebody
            onClicked: root.around.stand(false)
        }

        DockButton {
            width: row.part
            text: "市电正常"
            enabled: root.desk.connected
            chosen: root.around.mains === "on"
            onClicked: root.around.power("on")
        }

        DockButton {
            width: row.part
            text: "停电"
            enabled: root.desk.connected
            chosen: root.around.mains === "failed"
            onClicked: root.around.power("failed")
        }

        DockButton {
            width: row.part
            text: "电池将尽"
            enabled: root.desk.connected
            chosen: root.around.mains === "ending"
            onClicked: root.around.power("ending")
        }
    }
}
