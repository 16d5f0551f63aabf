import QtQuick
import "../theme"

// A suggestion that nobody has to answer: larger, slower and spoken, for who may like it.
Rectangle {
    id: root

    signal answered(bool wanted)

    implicitHeight: visible ? Theme.button + 2 * Theme.gapSmall : 0
    height: implicitHeight
    color: Theme.actionSoft

    KButton {
        anchors {
            left: parent.left
            leftMargin: Theme.margin
            right: no.left
            rightMargin: Theme.gap
            verticalCenter: parent.verticalCenter
        }
        glyph: "a-large-small"
        text: qsTrId("access.offer")
        onClicked: root.answered(true)
    }

    KButton {
        id: no

        anchors {
            right: parent.right
            rightMargin: Theme.margin
            verticalCenter: parent.verticalCenter
        }
        width: Theme.px(64)
        text: qsTrId("access.no")
        onClicked: root.answered(false)
    }
}
