import QtQuick
import "../controls"
import "../theme"

// One answer of a review, and the way back to its question.
Item {
    id: root

    required property int index
    required property string key
    required property string label
    required property string value
    required property bool secret
    required property bool change

    signal reopened(string key)

    implicitHeight: Math.max(body.height, edit.visible ? edit.height : 0) + 2 * Theme.gap

    Rectangle {
        width: parent.width
        height: Theme.stroke
        visible: root.index > 0
        color: Theme.line
    }

    Column {
        id: body

        anchors {
            left: parent.left
            leftMargin: Theme.gapWide
            right: edit.visible ? edit.left : parent.right
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
            words: root.value
            secret: root.secret
            size: Theme.lead
            strong: true
        }
    }

    KLink {
        id: edit

        anchors {
            right: parent.right
            rightMargin: Theme.gapWide
            verticalCenter: parent.verticalCenter
        }
        visible: root.change
        text: qsTrId("service.change")
        label: text + " " + root.label
        glyph: "pencil"
        onClicked: root.reopened(root.key)
    }
}
