import QtQuick
import Kiosk.Service
import "../controls"
import "../theme"

// A pad to sign on; beside it, as large, the way for a hand that cannot draw.
Column {
    id: root

    required property bool signed

    signal penned(int x, int y, bool begins)
    signal wiped
    signal confirmed

    spacing: Theme.gapSmall

    Rectangle {
        width: parent.width
        height: Theme.px(Theme.spare ? 78 : 92)
        radius: Theme.radius
        color: Theme.surface
        border.width: Theme.stroke * 2
        border.color: Theme.action

        Accessible.role: Accessible.Canvas
        Accessible.name: qsTrId("service.sign_here")

        KLabel {
            anchors.centerIn: parent
            visible: !root.signed
            words: qsTrId("service.sign_here")
            size: Theme.lead
            color: Theme.inkSoft
            Accessible.ignored: true
        }

        SignaturePad {
            id: pad

            anchors.fill: parent
            anchors.margins: Theme.stroke * 2
            ink: Theme.ink
            onPenned: (x, y, begins) => root.penned(x, y, begins)
        }
    }

    Row {
        id: ways

        width: parent.width
        spacing: Theme.gapSmall

        KButton {
            width: (ways.width - ways.spacing) * 0.36
            text: qsTrId("service.wipe")
            glyph: "eraser"
            enabled: root.signed
            onClicked: {
                pad.wipe();
                root.wiped();
            }
        }

        KButton {
            width: (ways.width - ways.spacing) * 0.64
            text: qsTrId("service.no_hand")
            onClicked: root.confirmed()
        }
    }
}
