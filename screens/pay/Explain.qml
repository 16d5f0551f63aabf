pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Pay
import "../controls"
import "../theme"

KPage {
    id: root

    required property ExplainModel model

    title: model.title
    affirm: qsTrId("explain.next")
    affirmGlyph: "arrow-right"
    decline: qsTrId("explain.leave")
    onAffirmed: model.proceed()
    onDeclined: model.leave()

    Rectangle {
        width: parent.width
        height: own.height + 2 * Theme.gapWide
        radius: Theme.radius * 1.4
        color: Theme.surface
        border.width: Theme.stroke
        border.color: Theme.line

        Column {
            id: own

            anchors {
                left: parent.left
                right: parent.right
                verticalCenter: parent.verticalCenter
                margins: Theme.gapWide
            }
            spacing: Theme.gapTiny

            KText {
                width: parent.width
                words: root.model.headline
                size: root.model.own === "" ? Theme.display : Theme.heading
                strong: true
            }

            KAmount {
                width: parent.width
                words: root.model.own
                secret: true
            }

            KText {
                width: parent.width
                words: root.model.helped ? "" : qsTrId("explain.shares_none")
            }

            Item {
                width: 1
                height: Theme.gapSmall
            }

            KShares {
                width: parent.width
                payers: root.model.payers
            }

            Item {
                width: 1
                height: Theme.gapSmall
            }

            Column {
                width: parent.width
                spacing: Theme.gapSmall

                Repeater {
                    model: root.model.payers

                    KPayer {
                        width: parent?.width ?? 0
                    }
                }
            }

            Rectangle {
                width: parent.width
                height: Theme.stroke
                color: Theme.line
            }

            KFact {
                width: parent.width - Theme.body - Theme.gapTiny
                label: qsTrId("explain.total")
                words: root.model.total
                secret: true
                size: Theme.lead
                strong: true
            }

            KFact {
                width: parent.width - Theme.body - Theme.gapTiny
                visible: root.model.fixedSum !== ""
                label: qsTrId("stay.setlway")
                words: root.model.fixedSum
            }
        }
    }

    Repeater {
        model: root.model.bills

        KBill {
            width: parent?.width ?? 0
        }
    }

    KNote {
        width: parent.width
        words: root.model.deposits
        secret: true
    }

    KNote {
        width: parent.width
        words: root.model.insurer
        secret: true
    }

    KButton {
        width: parent.width
        visible: root.model.insurable
        text: qsTrId("insurer.ask")
        glyph: "shield-check"
        onClicked: root.model.askInsurer()
    }

    KNote {
        width: parent.width
        words: root.model.chronic
        secret: true
    }

    KNote {
        width: parent.width
        tone: root.model.missing ? "plain" : "good"
        words: root.model.away
        secret: true
    }

    KButton {
        width: parent.width
        visible: root.model.missing
        text: qsTrId("explain.away_file")
        onClicked: root.model.fileFirst()
    }

    KNote {
        width: parent.width
        words: root.model.queue
    }

    KNote {
        width: parent.width
        tone: "warn"
        words: root.model.unquoted
    }

    KSection {
        id: why

        width: parent.width
        visible: reasons.count > 0 && root.model.own !== ""
        title: qsTrId("explain.why")
        onUnfolded: root.reveal(why)

        Repeater {
            id: reasons

            model: root.model.reasons

            KLine {
                width: parent?.width ?? 0
            }
        }
    }

    KButton {
        width: parent.width
        visible: root.model.account !== ""
        text: root.model.account
        onClicked: root.model.chooseAccount()
    }

    KButton {
        width: parent.width
        visible: root.model.family !== ""
        text: root.model.family
        onClicked: root.model.chooseFamily()
    }

    KButton {
        width: parent.width
        visible: root.model.days !== ""
        text: root.model.days
        glyph: "file-text"
        onClicked: root.model.readDays()
    }

    KNote {
        width: parent.width
        tone: "warn"
        title: root.model.daysMissing
        words: root.model.daysMissing === "" ? "" : qsTrId("fault.B26.do")
    }

    KSection {
        id: lines

        width: parent.width
        title: root.model.lines
        onUnfolded: root.reveal(lines)

        Repeater {
            model: lines.open ? root.model.items : null

            KItem {
                width: parent?.width ?? 0
            }
        }
    }
}
