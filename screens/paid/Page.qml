pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Paid
import "../controls"
import "../theme"

KPage {
    id: root

    required property PaidModel model

    overline: model.greeting
    secret: true
    title: model.title
    hint: model.hint
    decline: qsTrId("paid.leave")
    onDeclined: model.leave()

    Repeater {
        model: root.model.bills

        KRow {
            id: bill

            required property string batch
            required property string doctor
            required property string kind
            required property string when
            required property string total
            required property string deed

            width: parent?.width ?? 0
            secret: true
            text: doctor + "\n" + kind + "\n" + when + "\n" + bill.total + "\n" + label
            label: deed
            onClicked: root.model.choose(batch)

            Column {
                width: parent.width
                spacing: Theme.gapTiny

                KText {
                    width: parent.width
                    words: bill.doctor
                    secret: true
                    size: Theme.heading
                    strong: true
                    Accessible.ignored: true
                }

                KText {
                    width: parent.width
                    words: bill.kind
                    secret: true
                    color: Theme.inkSoft
                    Accessible.ignored: true
                }

                KText {
                    width: parent.width
                    words: bill.when
                    color: Theme.inkSoft
                    Accessible.ignored: true
                }

                KAmount {
                    width: parent.width
                    words: bill.total
                    secret: true
                    size: Theme.title
                    horizontalAlignment: Text.AlignRight
                    Accessible.ignored: true
                }
            }
        }
    }
}
