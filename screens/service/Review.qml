pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Service
import "../controls"
import "../theme"

KService {
    id: root

    required property ReviewModel model

    overline: model.overline
    title: model.title
    affirm: model.affirm
    affirmGlyph: "check"
    onAffirmed: model.proceed()
    onDeclined: model.back()
    onExited: model.leave()

    Rectangle {
        width: parent.width
        height: lines.height
        radius: Theme.radius * 1.4
        color: Theme.surface
        border.width: Theme.stroke
        border.color: Theme.line

        Column {
            id: lines

            width: parent.width

            Repeater {
                model: root.model.lines

                KEnteredLine {
                    width: parent?.width ?? 0
                    onReopened: key => root.model.reopen(key)
                }
            }
        }
    }

    KNote {
        width: parent.width
        tone: "warn"
        words: root.model.warning
    }
}
