import QtQuick
import "../theme"

// Across the top of every page while anything is simulated.
Rectangle {
    id: root

    required property string words

    implicitHeight: visible ? Theme.caption * 2 : 0
    color: Theme.warnSoft

    Rectangle {
        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
        }
        height: Theme.stroke
        color: Theme.warnLine
    }

    Row {
        anchors.centerIn: parent
        spacing: Theme.gapSmall

        KIcon {
            anchors.verticalCenter: parent.verticalCenter
            name: "flask-conical"
            size: Theme.caption * 1.1
            ink: Theme.warn
        }

        KLabel {
            anchors.verticalCenter: parent.verticalCenter
            words: root.words
            size: Theme.caption
            strong: true
            color: Theme.warn
        }
    }
}
