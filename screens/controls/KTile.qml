import QtQuick
import QtQuick.Templates as T
import "../theme"

// A door: a large thing to press that says what is behind it.
T.AbstractButton {
    id: root

    readonly property string controlKind: "KTile"

    property string glyph: ""
    property string hint: ""

    // Beside another one: what is said needs the width that picture and arrow would take.
    readonly property bool narrow: width < Theme.px(200)

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
                leftMargin: root.narrow ? Theme.gap : Theme.gapWide
                verticalCenter: parent.verticalCenter
            }
            width: root.narrow ? Theme.iconLarge : Theme.iconLarge * 1.25
            height: width
            radius: Theme.radius
            color: Theme.inkOnAction

            KIcon {
                anchors.centerIn: parent
                name: root.glyph
                size: parent.width * 0.64
                ink: Theme.action
            }
        }

        Column {
            id: body

            anchors {
                left: badge.right
                leftMargin: root.narrow ? Theme.gap : Theme.gapWide
                right: root.narrow ? parent.right : arrow.left
                rightMargin: Theme.gapSmall
                verticalCenter: parent.verticalCenter
            }
            spacing: Theme.gapTiny

            KText {
                width: parent.width
                words: root.text
                size: root.narrow ? Theme.heading : Theme.title
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
            visible: !root.narrow
            name: "chevron-right"
            size: Theme.icon * 1.2
            ink: Theme.inkOnAction
        }
    }
}
