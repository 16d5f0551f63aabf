pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Service
import "../controls"

KService {
    id: root

    required property CommitmentModel model

    overline: model.overline
    title: model.title
    affirm: model.byHand ? qsTrId("service.signed") : qsTrId("service.promise")
    affirmGlyph: "check"
    affirmEnabled: !model.byHand || model.signed
    onAffirmed: model.byHand ? model.sign() : model.confirm()
    onDeclined: model.back()
    onExited: model.leave()

    Repeater {
        model: root.model.sentences

        KPromise {
            width: parent?.width ?? 0
        }
    }

    KSource {
        width: parent.width
        words: root.model.source
    }

    pad: KSignature {
        width: parent?.width ?? 0
        visible: root.model.byHand
        height: visible ? implicitHeight : 0
        signed: root.model.signed
        onPenned: (x, y, begins) => root.model.draw(x, y, begins)
        onWiped: root.model.wipe()
        onConfirmed: root.model.confirm()
    }
}
