pragma ComponentBehavior: Bound

import QtQuick
import "../theme"

// One bar for the whole bill, a field for each payer. The lines below say it in words.
Item {
    id: root

    required property var payers

    implicitHeight: Theme.px(16)

    Accessible.role: Accessible.Graphic
    Accessible.name: qsTrId("explain.chart")

    Row {
        id: bar

        readonly property real least: Theme.px(3)

        anchors.fill: parent

        Repeater {
            id: fields

            model: root.payers

            Item {
                id: field

                required property string kind
                required property real share

                width: bar.least + (bar.width - fields.count * bar.least) * share
                height: bar.height

                KSwatch {
                    anchors {
                        fill: parent
                        rightMargin: Theme.stroke * 2
                    }
                    kind: field.kind
                }
            }
        }
    }
}
