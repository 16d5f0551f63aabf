import QtQuick
import Kiosk.Stay
import "../controls"
import "../theme"

KPage {
    id: root

    required property AdmissionModel model

    centred: true
    affirm: model.affirm
    affirmGlyph: "check"
    decline: qsTrId("admission.leave")
    onAffirmed: model.proceed()
    onDeclined: model.leave()

    KText {
        width: parent.width
        words: root.model.greeting
        secret: true
        size: Theme.lead
        color: Theme.inkSoft
        horizontalAlignment: Text.AlignHCenter
    }

    KText {
        width: parent.width
        words: qsTrId("admission.title")
        size: Theme.title
        strong: true
        horizontalAlignment: Text.AlignHCenter
    }

    Rectangle {
        width: parent.width
        height: order.height + 2 * Theme.gapWide
        radius: Theme.radius * 1.4
        color: Theme.surface
        border.width: Theme.stroke * 2
        border.color: Theme.action

        Column {
            id: order

            anchors {
                left: parent.left
                right: parent.right
                verticalCenter: parent.verticalCenter
                margins: Theme.gapWide
            }
            spacing: Theme.gapSmall

            KText {
                width: parent.width
                words: root.model.ward
                secret: true
                size: Theme.display
                strong: true
                horizontalAlignment: Text.AlignHCenter
            }

            KText {
                width: parent.width
                words: root.model.ordered
                secret: true
                size: Theme.lead
                horizontalAlignment: Text.AlignHCenter
            }
        }
    }

    KNote {
        width: parent.width
        tone: "warn"
        title: root.model.obstacles === "" ? "" : qsTrId("admission.not_yet")
        words: root.model.obstacles
    }

    KText {
        width: parent.width
        visible: root.model.obstacles === ""
        words: qsTrId("admission.hint")
        size: Theme.lead
        horizontalAlignment: Text.AlignHCenter
    }
}
