import QtQuick
import "../controls"
import "../theme"

// One device: its name, how it is now, and what hands can do with it.
Rectangle {
    id: root

    required property string title
    property string glyph: ""
    property string condition: ""
    property string tone: "plain"  // good, warn or plain
    default property alias content: body.data

    implicitHeight: head.height + body.height + 3 * Theme.gap
    radius: Theme.radius * 1.4
    color: Theme.surface
    border.width: Theme.stroke
    border.color: Theme.line

    Item {
        id: head

        x: Theme.gapWide
        y: Theme.gap
        width: parent.width - 2 * Theme.gapWide
        height: Theme.px(18)

        KIcon {
            id: picture

            anchors.verticalCenter: parent.verticalCenter
            name: root.glyph
            ink: Theme.action
        }

        KLabel {
            anchors {
                left: picture.right
                leftMargin: Theme.gapSmall
                verticalCenter: parent.verticalCenter
            }
            words: root.title
            size: Theme.lead
            strong: true
        }

        Rectangle {
            anchors {
                right: parent.right
                verticalCenter: parent.verticalCenter
            }
            visible: root.condition !== ""
            width: said.implicitWidth + 2 * Theme.gap
            height: Theme.px(16)
            radius: height / 2
            color: root.tone === "good" ? Theme.goodSoft : root.tone === "warn" ? Theme.warnSoft : Theme.sunken

            KLabel {
                id: said

                anchors.centerIn: parent
                words: root.condition
                size: Theme.caption
                strong: true
                color: root.tone === "good" ? Theme.good : root.tone === "warn" ? Theme.warn : Theme.inkSoft
            }
        }
    }

    Column {
        id: body

        x: Theme.gapWide
        y: head.height + 2 * Theme.gap
        width: parent.width - 2 * Theme.gapWide
        spacing: Theme.gap
    }
}
