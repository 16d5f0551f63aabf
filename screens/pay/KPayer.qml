import QtQuick
import QtQuick.Templates as T
import "../controls"
import "../theme"

// One payer of the bill: field of the chart, name, amount. A tap unfolds why this one pays, and which paper says so.
T.AbstractButton {
    id: root

    required property string kind
    required property string label
    required property string note
    required property string amount
    required property string rule
    required property string source
    property bool open: false
    readonly property bool own: kind === "own"

    implicitHeight: Math.max(Theme.touch, body.height + 2 * Theme.gapTiny)
    focusPolicy: Qt.StrongFocus
    onClicked: open = !open
    Keys.onReturnPressed: root.click()
    Keys.onEnterPressed: root.click()

    Accessible.role: Accessible.Button
    Accessible.name: label + " " + figure.shown
    Accessible.description: qsTrId("explain.rule")
    Accessible.checkable: true
    Accessible.checked: open

    background: Rectangle {
        radius: Theme.radius
        color: root.down ? Theme.quietPressed : Theme.surface

        KFocusRing {
            control: root
        }
    }

    contentItem: Item {
        KSwatch {
            id: field

            anchors.left: parent.left
            y: body.y + Theme.gapTiny + (Theme.lead * 1.42 - height) / 2
            width: Theme.px(10)
            height: width
            kind: root.kind
        }

        Column {
            id: body

            anchors {
                left: field.right
                leftMargin: Theme.gap
                right: fold.left
                rightMargin: Theme.gapTiny
                verticalCenter: parent.verticalCenter
            }
            topPadding: Theme.gapTiny

            KFact {
                id: figure

                readonly property string shown: Theme.covered ? "" : words

                width: parent.width
                label: root.label
                words: root.amount
                secret: true
                size: Theme.lead
                strong: root.own
            }

            KText {
                width: parent.width
                words: root.note
                secret: true
                size: Theme.caption
                color: Theme.inkSoft
            }

            KText {
                width: parent.width
                visible: root.open
                words: root.rule
            }

            KSource {
                width: parent.width
                visible: root.open
                words: root.source
            }
        }

        KIcon {
            id: fold

            anchors.right: parent.right
            y: field.y + (field.height - height) / 2
            name: root.open ? "chevron-up" : "chevron-down"
            size: Theme.body
            ink: Theme.action
        }
    }
}
