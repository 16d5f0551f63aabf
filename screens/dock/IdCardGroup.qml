import QtQuick
import Kiosk.Dock
import "../theme"

// The plate for ID cards: what lies there, laid by the person chosen above.
Group {
    id: root

    required property Desk desk

    title: "居民身份证"
    glyph: "id-card"
    condition: desk.idCards === 0 ? "感应区空着" : desk.idCards === 1 ? "证件在感应区" : "几张证件叠在一起"
    tone: desk.idCards === 1 ? "good" : desk.idCards > 1 ? "warn" : "plain"

    Row {
        id: row

        readonly property real part: (width - 3 * spacing) / 4

        width: parent.width
        spacing: Theme.gapSmall

        DockButton {
            width: row.part
            text: "放身份证"
            hint: "平放不动"
            enabled: root.desk.connected
            onClicked: root.desk.layIdCard()
        }

        DockButton {
            width: row.part
            text: "放了就拿"
            hint: "没有读完"
            enabled: root.desk.connected
            onClicked: root.desk.layAndLift()
        }

        DockButton {
            width: row.part
            text: "放外国人证"
            hint: "2023 年版"
            enabled: root.desk.connected
            onClicked: root.desk.layUnknown()
        }

        DockButton {
            width: row.part
            text: "拿走证件"
            hint: "全部拿走"
            enabled: root.desk.idCards > 0
            onClicked: root.desk.liftIdCards()
        }
    }
}
