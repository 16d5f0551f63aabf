pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Bills
import "../controls"
import "../theme"

KPage {
    id: root

    required property BillsModel model

    overline: model.greeting
    secret: true
    title: model.title
    hint: model.hint
    affirm: model.all
    affirmGlyph: "arrow-right"
    decline: qsTrId("bills.leave")
    onAffirmed: model.chooseAll()
    onDeclined: model.leave()

    Repeater {
        model: root.model.bills

        KRow {
            id: bill

            required property string batch
            required property string doctor
            required property string kind
            required property string made
            required property string count
            required property string total
            required property string doctor_first
            required property string deed

            width: parent?.width ?? 0
            secret: true
            text: doctor + "\n" + kind + "\n" + made + "\n" + bill.total + (doctor_first === "" ? "" : "\n" + doctor_first) + "\n" + label
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
                    words: bill.doctor_first
                    strong: true
                    color: Theme.warn
                    Accessible.ignored: true
                }

                Item {
                    width: parent.width
                    height: sum.height

                    Column {
                        anchors.left: parent.left
                        anchors.bottom: parent.bottom

                        KLabel {
                            words: bill.made
                            color: Theme.inkSoft
                            Accessible.ignored: true
                        }

                        KLabel {
                            words: bill.count
                            color: Theme.inkSoft
                            Accessible.ignored: true
                        }
                    }

                    KAmount {
                        id: sum

                        anchors.right: parent.right
                        width: parent.width * 0.62
                        words: bill.total
                        secret: true
                        size: Theme.display
                        horizontalAlignment: Text.AlignRight
                        Accessible.ignored: true
                    }
                }
            }
        }
    }

    Repeater {
        model: root.model.days

        Column {
            id: stay

            required property string batch
            required property string button
            required property string missing

            width: parent?.width ?? 0

            KButton {
                width: parent.width
                visible: stay.button !== ""
                text: stay.button
                glyph: "file-text"
                onClicked: root.model.readDays(stay.batch)
            }

            KNote {
                width: parent.width
                tone: "warn"
                title: stay.missing
                words: stay.missing === "" ? "" : qsTrId("fault.B26.do")
            }
        }
    }

    KButton {
        width: parent.width
        visible: root.model.lookUp
        text: qsTrId("bills_more.scan")
        glyph: "receipt-text"
        onClicked: root.model.scanKey()
    }
}
