pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Stay
import "../controls"
import "../pay"
import "../theme"

KPage {
    id: root

    required property DaysModel model
    readonly property string date: model.date

    overline: model.greeting
    secret: true
    spacing: Theme.gapSmall
    affirm: qsTrId("days.done")
    affirmGlyph: "check"
    onAffirmed: model.back()
    decline: model.printing
    declineGlyph: "printer"
    onDeclined: model.print()
    onDateChanged: root.toTop()

    Rectangle {
        width: parent.width
        height: sums.height + 2 * Theme.gap
        radius: Theme.radius * 1.4
        color: Theme.surface
        border.width: Theme.stroke
        border.color: Theme.line

        Column {
            id: sums

            anchors {
                left: parent.left
                right: parent.right
                verticalCenter: parent.verticalCenter
                margins: Theme.gapWide
            }
            spacing: Theme.gapTiny

            KText {
                width: parent.width
                words: root.model.date
                size: Theme.title
                strong: true
            }

            KText {
                width: parent.width
                words: root.model.place
                color: Theme.inkSoft
            }

            KFact {
                width: parent.width
                label: qsTrId("days.sum")
                words: root.model.sum
                secret: true
                size: Theme.heading
                strong: true
            }

            KFact {
                width: parent.width
                label: qsTrId("days.so_far")
                words: root.model.soFar
                secret: true
                size: Theme.lead
            }
        }
    }

    KNote {
        width: parent.width
        tone: root.model.missing ? "warn" : "plain"
        glyph: "printer"
        title: root.model.paper
        words: root.model.instead
    }

    KNote {
        width: parent.width
        words: root.model.withheld
    }

    Column {
        width: parent.width

        Repeater {
            model: root.model.items

            KItem {
                width: parent?.width ?? 0
            }
        }
    }

    pad: Row {
        width: parent.width
        topPadding: Theme.gapSmall
        spacing: Theme.gapWide

        KButton {
            width: (parent.width - parent.spacing) / 2
            enabled: !root.model.first
            text: qsTrId("days.earlier")
            glyph: "arrow-left"
            onClicked: root.model.earlier()
        }

        KButton {
            width: (parent.width - parent.spacing) / 2
            enabled: !root.model.last
            text: qsTrId("days.later")
            glyph: "arrow-right"
            onClicked: root.model.later()
        }
    }
}
