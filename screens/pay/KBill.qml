import QtQuick
import "../controls"
import "../theme"

// One of several bills paid together: whose it is, its total, and what of it is the patient's.
Rectangle {
    id: root

    required property string doctor
    required property string kind
    required property string total
    required property string own

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
        spacing: Theme.gapTiny

        KFact {
            width: parent.width
            label: root.doctor
            words: root.total
            secret: true
            secretLabel: true
            size: Theme.lead
            strong: true
        }

        KFact {
            width: parent.width
            label: root.kind
            words: root.own
            secret: true
            secretLabel: true
            ink: Theme.inkSoft
        }
    }
}
