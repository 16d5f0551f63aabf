import QtQuick
import "../controls"
import "../theme"

// What is to be paid, on one line.
Rectangle {
    id: root

    required property string own

    height: amount.height + 2 * Theme.gap
    radius: Theme.radius * 1.4
    color: Theme.surface
    border.width: Theme.stroke
    border.color: Theme.line

    KLabel {
        id: label

        anchors {
            left: parent.left
            leftMargin: Theme.gapWide
            verticalCenter: parent.verticalCenter
        }
        words: qsTrId("code.own")
        size: Theme.heading
        strong: true
    }

    KAmount {
        id: amount

        anchors {
            left: label.right
            leftMargin: Theme.gap
            right: parent.right
            rightMargin: Theme.gapWide
            verticalCenter: parent.verticalCenter
        }
        words: root.own
        secret: true
        size: Theme.display
        horizontalAlignment: Text.AlignRight
    }
}
