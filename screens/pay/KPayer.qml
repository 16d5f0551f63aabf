import QtQuick
import "../controls"
import "../theme"

// One payer of the bill: field of the chart, name, amount.
Item {
    id: root

    required property string kind
    required property string label
    required property string note
    required property string amount
    readonly property bool own: kind === "own"

    implicitHeight: body.height + 2 * Theme.gapTiny

    KSwatch {
        id: field

        y: Theme.gapTiny + (Theme.lead * 1.42 - height) / 2
        width: Theme.px(10)
        height: width
        kind: root.kind
    }

    Column {
        id: body

        anchors {
            left: field.right
            leftMargin: Theme.gap
            right: parent.right
        }
        y: Theme.gapTiny

        KFact {
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
    }
}
