import QtQuick
import Kiosk.Dock
import "../theme"

// The card terminal: a test card, its PIN on the terminal's own keys, and the red key.
Group {
    id: root

    required property Desk desk
    required property Around around

    title: "刷卡机"
    glyph: "calculator"
    condition: around.terminal
    tone: around.terminalStep === "" ? "plain" : "warn"

    Row {
        id: row

        readonly property real part: (width - 4 * spacing) / 5

        width: parent.width
        spacing: Theme.gapSmall

        DockButton {
            width: row.part
            text: "拍银行卡"
            enabled: root.around.terminalStep === "present_card"
            onClicked: root.around.holdBankCard(true)
        }

        DockButton {
            width: row.part
            text: "插银行卡"
            enabled: root.around.terminalStep === "present_card"
            onClicked: root.around.holdBankCard(false)
        }

        DockButton {
            width: row.part
            text: "输密码"
            enabled: root.around.terminalStep === "enter_pin"
            onClicked: root.around.pressTerminal("pin")
        }

        DockButton {
            width: row.part
            text: "取卡"
            enabled: root.around.terminalStep === "take_card"
            onClicked: root.around.pressTerminal("take_card")
        }

        DockButton {
            width: row.part
            text: "红键"
            enabled: root.around.terminalStep === "present_card" || root.around.terminalStep === "enter_pin"
            onClicked: root.around.pressTerminal("red")
        }
    }
}
