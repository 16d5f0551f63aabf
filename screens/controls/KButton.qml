import QtQuick
import QtQuick.Templates as T
import "../theme"

// A button of an action bar: filled for going on, framed for everything else.
T.Button {
    id: root

    readonly property string controlKind: "KButton"

    property string glyph: ""
    property bool affirm: false
    readonly property bool onward: glyph === "arrow-right"
    readonly property real room: availableWidth - (glyph === "" ? 0 : Theme.icon + Theme.gapSmall)
    readonly property color ink: affirm ? Theme.inkOnAction : Theme.action

    implicitHeight: Theme.button
    padding: Theme.gap
    focusPolicy: Qt.StrongFocus
    opacity: enabled ? 1 : 0.4
    Keys.onReturnPressed: root.click()
    Keys.onEnterPressed: root.click()

    Accessible.name: text

    background: Rectangle {
        radius: Theme.radius
        color: root.affirm ? (root.down ? Theme.actionPressed : Theme.action) : (root.down ? Theme.quietPressed : Theme.surface)
        border.width: root.affirm ? 0 : Theme.stroke * 1.6
        border.color: Theme.action

        KFocusRing {
            control: root
        }
    }

    contentItem: Item {
        TextMetrics {
            id: large

            font.family: Theme.family
            font.pixelSize: Theme.heading
            font.bold: true
            text: root.text
        }

        Row {
            anchors.centerIn: parent
            spacing: Theme.gapSmall
            layoutDirection: root.onward ? Qt.RightToLeft : Qt.LeftToRight

            KIcon {
                anchors.verticalCenter: parent.verticalCenter
                name: root.glyph
                size: Theme.icon * 0.9
                ink: root.ink
            }

            Text {
                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(implicitWidth, root.room)
                text: root.text
                textFormat: Text.PlainText
                wrapMode: Text.WordWrap
                horizontalAlignment: Text.AlignHCenter
                lineHeight: 0.85
                color: root.ink
                font.family: Theme.family
                font.pixelSize: root.affirm && large.width <= root.room ? Theme.heading : Theme.lead
                font.bold: true
                Accessible.ignored: true
            }
        }
    }
}
