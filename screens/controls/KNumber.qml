import QtQuick
import "../theme"

// The number staff can look a visit up by, and the code that stands in the log.
Rectangle {
    id: root

    required property string number
    required property string code

    implicitHeight: body.height + 2 * Theme.gap
    radius: Theme.radius
    color: number === "" ? "transparent" : Theme.surface
    border.width: number === "" ? 0 : Theme.stroke
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

        KFact {
            width: parent.width
            label: root.number === "" ? "" : qsTrId("failed.number")
            words: root.number
            size: root.number.length > 14 ? Theme.lead : Theme.heading // a case's number leaves its name no room in large letters
            visible: root.number !== ""
        }

        KText {
            width: parent.width
            words: root.code
            size: Theme.caption
            color: Theme.inkSoft
            horizontalAlignment: root.number === "" ? Text.AlignHCenter : Text.AlignLeft
        }
    }
}
