import QtQuick
import Kiosk.Dock
import "../theme"

// The printer's roll and lid.
Group {
    id: root

    required property Desk desk

    title: "凭条打印机"
    glyph: "printer"
    condition: desk.coverOpen ? "盖子开着" : desk.paper === "out" ? "没有纸" : desk.paper === "near" ? "纸快用完" : desk.paper === "ok" ? "正常" : ""
    tone: desk.paper === "ok" && !desk.coverOpen ? "good" : "warn"

    Row {
        id: row

        readonly property real part: (width - 3 * spacing) / 4

        width: parent.width
        spacing: Theme.gapSmall

        DockButton {
            width: row.part
            text: "装满纸"
            enabled: root.desk.connected
            chosen: root.desk.paper === "ok"
            onClicked: root.desk.loadPaper("ok")
        }

        DockButton {
            width: row.part
            text: "纸快用完"
            enabled: root.desk.connected
            chosen: root.desk.paper === "near"
            onClicked: root.desk.loadPaper("near")
        }

        DockButton {
            width: row.part
            text: "没有纸"
            enabled: root.desk.connected
            chosen: root.desk.paper === "out"
            onClicked: root.desk.loadPaper("out")
        }

        DockButton {
            width: row.part
            text: root.desk.coverOpen ? "合上盖子" : "打开盖子"
            enabled: root.desk.connected
            chosen: root.desk.coverOpen
            onClicked: root.desk.openCover(!root.desk.coverOpen)
        }
    }
}
