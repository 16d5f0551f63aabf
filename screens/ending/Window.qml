import QtQuick
import Kiosk.Ending
import "../controls"
import "../theme"

KPage {
    id: root

    required property WindowModel model

    centred: true
    affirm: qsTrId("window.done")
    affirmGlyph: "check"
    onAffirmed: model.proceed()

    KText {
        width: parent.width
        words: root.model.title
        size: Theme.title
        horizontalAlignment: Text.AlignHCenter
    }

    Rectangle {
        width: parent.width
        height: where.height + 2 * (Theme.spare ? Theme.gapWide : Theme.gapHuge)
        radius: Theme.radius * 1.4
        color: Theme.action

        KText {
            id: where

            anchors {
                left: parent.left
                right: parent.right
                leftMargin: Theme.gapWide
                rightMargin: Theme.gapWide
                verticalCenter: parent.verticalCenter
            }
            words: root.model.where
            size: Theme.display
            strong: true
            color: Theme.inkOnAction
            horizontalAlignment: Text.AlignHCenter
        }
    }

    KText {
        width: parent.width
        words: root.model.hint
        size: Theme.spare ? Theme.lead : Theme.heading
        horizontalAlignment: Text.AlignHCenter
    }

    KNote {
        width: parent.width
        tone: root.model.missing ? "warn" : "plain"
        glyph: "printer"
        title: root.model.slip
        words: root.model.missing ? "" : root.model.scan
    }

    KNote {
        width: parent.width
        tone: "good"
        glyph: "shield-check"
        title: root.model.money
    }
}
