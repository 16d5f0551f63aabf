pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Dock
import "../theme"

// Invented people and their cards.
Group {
    id: root

    required property Desk desk

    title: "社会保障卡"
    glyph: "id-card"
    condition: desk.cardIn ? "卡在读卡器里" : "读卡器空着"
    tone: desk.cardIn ? "good" : "plain"

    Rectangle {
        width: parent.width
        height: Theme.px(120)
        radius: Theme.radius
        color: Theme.page
        border.width: Theme.stroke
        border.color: Theme.line

        ListView {
            id: list

            anchors.fill: parent
            anchors.margins: Theme.stroke
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            model: root.desk.people
            currentIndex: root.desk.personAt
            highlightMoveDuration: 0
            Accessible.role: Accessible.List
            Accessible.name: "模拟人员"

            delegate: PersonRow {
                required property string key

                width: list.width
                chosen: key === root.desk.person
                onClicked: root.desk.choosePerson(key)
            }
        }
    }

    Row {
        id: generations

        width: parent.width
        spacing: Theme.gapSmall

        Repeater {
            model: root.desk.generations

            delegate: DockButton {
                required property string key
                required property string name

                width: (generations.width - 3 * generations.spacing) / 4
                text: name
                chosen: key === root.desk.generation
                onClicked: root.desk.chooseGeneration(key)
            }
        }
    }

    Row {
        id: hands

        width: parent.width
        spacing: Theme.gapSmall

        DockButton {
            width: (hands.width - 3 * hands.spacing) / 4
            text: "插卡"
            hint: "芯片朝里，插到底"
            enabled: root.desk.connected && !root.desk.cardIn
            onClicked: root.desk.insert()
        }

        DockButton {
            width: (hands.width - 3 * hands.spacing) / 4
            text: "拔卡"
            hint: "取走"
            enabled: root.desk.cardIn
            onClicked: root.desk.remove()
        }

        DockButton {
            width: (hands.width - 3 * hands.spacing) / 4
            text: "插了就拔"
            hint: "读到一半拔出"
            enabled: root.desk.connected && !root.desk.cardIn
            onClicked: root.desk.insertAndYank()
        }

        DockButton {
            width: (hands.width - 3 * hands.spacing) / 4
            text: "输卡密码"
            hint: "读卡器的键盘"
            enabled: root.desk.passwordWanted
            onClicked: root.desk.enterPassword()
        }
    }
}
