import QtQuick
import "../controls"
import "../theme"

// One reason and its amount.
Item {
    id: root

    required property string label
    required property string amount

    implicitHeight: fact.height + 2 * Theme.gapSmall

    KFact {
        id: fact

        anchors {
            left: parent.left
            right: parent.right
            leftMargin: Theme.gap
            rightMargin: Theme.gap
            verticalCenter: parent.verticalCenter
        }
        label: root.label
        words: root.amount
        secret: true
    }

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.stroke
        color: Theme.line
    }
}
