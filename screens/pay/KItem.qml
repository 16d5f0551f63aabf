import QtQuick
import "../controls"
import "../theme"

// One item of the bill: what, how much of it, its amount, how the insurance treats it.
Item {
    id: root

    required property string name
    required property string quantity
    required property string amount

    implicitHeight: body.height + 2 * Theme.gapSmall

    Column {
        id: body

        anchors {
            left: parent.left
            right: parent.right
            leftMargin: Theme.gap
            rightMargin: Theme.gap
            verticalCenter: parent.verticalCenter
        }

        KText {
            width: parent.width
            words: root.name
            secret: true
        }

        Item {
            width: parent.width
            height: Math.max(amount.height, quantity.height)

            KText {
                id: quantity

                anchors.left: parent.left
                anchors.bottom: parent.bottom
                width: parent.width - amount.width - Theme.gap
                words: root.quantity
                secret: true
                size: Theme.caption
                color: Theme.inkSoft
            }

            KLabel {
                id: amount

                anchors.right: parent.right
                anchors.bottom: parent.bottom
                words: root.amount
                secret: true
                strong: true
            }
        }
    }

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.stroke
        color: Theme.line
    }
}
