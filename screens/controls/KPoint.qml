import QtQuick
import "../theme"

// A name and, under it, what is true of it; `part` of a hundred is a bar as well, -1 draws none.
Rectangle {
    id: root

    required property string label
    required property string said
    required property int part

    implicitHeight: body.height + 2 * Theme.gap
    radius: Theme.radius
    color: Theme.surface
    border.width: Theme.stroke
    border.color: Theme.line

    Column {
        id: body

        anchors {
            left: parent.left
            right: parent.right
            leftMargin: Theme.gapWide
            rightMargin: Theme.gapWide
            verticalCenter: parent.verticalCenter
        }

        KText {
            width: parent.width
            words: root.label
            color: Theme.inkSoft
        }

        KText {
            width: parent.width
            words: root.said
            size: Theme.lead
            strong: true
        }

        Item {
            width: parent.width
            height: Theme.gapSmall + bar.height
            visible: root.part >= 0

            Rectangle {
                id: bar

                anchors.bottom: parent.bottom
                width: parent.width
                height: Theme.gap
                radius: Theme.stroke
                color: Theme.sunken
                border.width: Theme.stroke
                border.color: Theme.line
                Accessible.ignored: true

                Rectangle {
                    width: parent.width * root.part / 100
                    height: parent.height
                    radius: Theme.stroke
                    color: Theme.action
                }
            }
        }
    }
}
