import QtQuick
import Kiosk.Dock
import "../controls"
import "../theme"

// What came out of the printer, as it looks.
Group {
    id: root

    required property Desk desk

    title: "出纸口"
    glyph: "receipt-text"
    condition: desk.untaken || desk.hanging ? "有凭条没取" : ""
    tone: "warn"

    Rectangle {
        width: parent.width
        height: root.height - Theme.px(95)
        radius: Theme.radius
        color: Theme.sunken

        Flickable {
            id: view

            anchors.fill: parent
            anchors.margins: Theme.gapSmall
            clip: true
            contentHeight: paper.height
            boundsBehavior: Flickable.StopAtBounds

            Image {
                id: paper

                width: view.width
                height: implicitWidth > 0 ? implicitHeight * width / implicitWidth : 0
                source: root.desk.picture
                smooth: true
                mipmap: true
                opacity: root.desk.untaken || !root.desk.newer ? 1 : 0.85
                Accessible.role: Accessible.Graphic
                Accessible.name: root.desk.caption
            }
        }

        KLabel {
            anchors.centerIn: parent
            visible: root.desk.picture.toString() === ""
            words: "打印出来的凭条会显示在这里"
            color: Theme.inkSoft
        }
    }

    KLabel {
        width: parent.width
        words: root.desk.caption
        size: Theme.caption
        color: Theme.inkSoft
        horizontalAlignment: Text.AlignHCenter
    }

    Row {
        id: row

        width: parent.width
        spacing: Theme.gapSmall

        DockButton {
            width: row.width / 4
            text: "上一张"
            enabled: root.desk.older
            onClicked: root.desk.turn(-1)
        }

        DockButton {
            width: row.width / 2 - 2 * row.spacing
            text: "取走凭条"
            enabled: root.desk.untaken || root.desk.hanging
            onClicked: root.desk.takePaper()
        }

        DockButton {
            width: row.width / 4
            text: "下一张"
            enabled: root.desk.newer
            onClicked: root.desk.turn(1)
        }
    }
}
