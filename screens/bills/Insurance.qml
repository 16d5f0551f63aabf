pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Bills
import "../controls"
import "../theme"

KPage {
    id: root

    required property InsuranceModel model

    title: qsTrId("insurance.title")
    hint: qsTrId("insurance.hint")
    decline: qsTrId("insurance.back")
    declineGlyph: "arrow-left"
    onDeclined: model.back()

    KFact {
        width: parent.width
        label: root.model.doctor
        words: root.model.total
        secret: true
        secretLabel: true
    }

    Repeater {
        model: root.model.insurances

        KRow {
            id: row

            required property string insutype
            required property string title
            required property string balance

            width: parent?.width ?? 0
            secret: true
            text: balance === "" ? title : title + "\n" + balance
            label: qsTrId("insurance.action")
            onClicked: root.model.choose(insutype)

            Column {
                width: parent.width
                spacing: Theme.gapSmall

                KText {
                    width: parent.width
                    words: row.title
                    size: Theme.title
                    strong: true
                    Accessible.ignored: true
                }

                KText {
                    width: parent.width
                    words: row.balance
                    secret: true
                    size: Theme.lead
                    color: Theme.inkSoft
                    Accessible.ignored: true
                }
            }
        }
    }
}
