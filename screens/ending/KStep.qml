import QtQuick
import "../controls"
import "../theme"

// Where to go: the first place in the colour of action and huge, the next ones quieter and in one row each.
Rectangle {
    id: root

    required property int index
    required property string what
    required property string where
    required property string place
    required property string note
    readonly property bool first: index === 0
    readonly property color ink: first ? Theme.inkOnAction : Theme.ink

    implicitHeight: body.height + 2 * (first ? Theme.gap : Theme.gapSmall)
    radius: Theme.radius * 1.4
    color: first ? Theme.action : Theme.surface
    border.width: first ? 0 : Theme.stroke
    border.color: Theme.line

    Column {
        id: body

        anchors {
            left: parent.left
            right: pin.left
            leftMargin: Theme.gapWide
            rightMargin: Theme.gap
            verticalCenter: parent.verticalCenter
        }
        spacing: Theme.gapTiny

        KText {
            width: parent.width
            words: root.what
            size: root.first ? Theme.heading : Theme.body
            color: root.ink
        }

        KText {
            width: parent.width
            words: root.first || root.place === "" ? root.where : root.where + "　" + root.place
            size: root.first ? Theme.display : Theme.lead
            strong: true
            color: root.ink
        }

        KText {
            width: parent.width
            words: root.first ? root.place : ""
            size: Theme.title
            strong: true
            color: root.ink
        }

        KText {
            width: parent.width
            words: root.note
            color: root.ink
        }
    }

    KIcon {
        id: pin

        anchors {
            right: parent.right
            rightMargin: Theme.gapWide
            verticalCenter: parent.verticalCenter
        }
        name: "map-pin"
        size: root.first ? Theme.px(40) : Theme.px(20)
        ink: root.first ? Theme.inkOnAction : Theme.action
    }
}
