import QtQuick
import QtQuick.Templates as T
import "../theme"

// A door: a large thing to press that says what is behind it.
T.AbstractButton {
    id: root

    readonly property string controlKind: "KTile"

    property string glyph: ""
    property string hint: ""

    implicitHeight: Math.max(Theme.button * 1.7, body.implicitHeight + 2 * Theme.gapWide)
    focusPolicy: Qt.StrongFocus
    Keys.onReturnPressed: root.click()
    Keys.onEnterPressed: root.click()

    Accessible.role: Accessible.Button
    Accessible.name: hint === "" ? text : text + "\n" + hint

    background: Rectangle {
        radius: Theme.radius * 1.4
        color: root.down ? Theme.actionPressed : Theme.action

        KFocusRing {
            control: root
            corner: Theme.radius * 1.4
        }
    }

    contentItem: Item {
        Rectangle {
            id: badge

            anchors {
                left: parent.left
                leftMargin: Theme.gapWide
                verticalCenter: parent.verticalCenter
            }
            width: Theme.iconLarge * 1.25
            height: width
            radius: Theme.radius
            color: Theme.inkOnAction

            KIcon {
                anchors.centerIn: parent
                name: root.glyph
                size: Theme.iconLarge * 0.8
                ink: Theme.action
            }
        }

        Column {
            id: body

            anchors {
                left: badge.right
                leftMargin: Theme.gapWide
                right: arrow.left
                rightMargin: Theme.gapSmall
                verticalCenter: parent.verticalCenter
            }
            spacing: Theme.gapTiny

            KText {
                width: parent.width
                words: root.text
                size: Theme.title
                strong: true
                color: Theme.inkOnAction
                Accessible.ignored: true
            }

            KText {
                width: parent.width
                words: root.hint
                size: Theme.body
                color: Theme.inkOnAction
                Accessible.ignored: true
            }
        }

        KIcon {
            id: arrow

            anchors {
                right: parent.right
                rightMargin: Theme.gap
                verticalCenter: parent.verticalCenter
            }
            name: "chevron-right"
            size: Theme.icon * 1.2
            ink: Theme.inkOnAction
        }
    }
}
