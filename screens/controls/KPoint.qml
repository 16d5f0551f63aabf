import QtQuick
import "../theme"

// A name and, under it, what is true of it.
Rectangle {
    id: root

    required property string label
    required property string said

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
    }
}
