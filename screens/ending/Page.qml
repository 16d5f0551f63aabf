pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Ending
import "../controls"
import "../theme"

// Where to go may be long and scrolls; what to take with one does not, so that it is always seen.
FocusScope {
    id: root

    required property NextStepsModel model
    readonly property bool more: model.others !== ""

    anchors.fill: parent

    KScroll {
        anchors {
            left: parent.left
            right: parent.right
            top: parent.top
            bottom: tray.top
        }

        Row {
            width: parent.width
            spacing: Theme.gap

            KSign {
                id: sign

                glyph: "check"
                ground: Theme.good
                ink: Theme.inkOnAction
                size: Theme.px(36)
            }

            Column {
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - sign.width - parent.spacing

                KLabel {
                    words: root.model.title
                    size: Theme.title
                    strong: true
                    color: Theme.good
                }

                KText {
                    width: parent.width
                    words: root.model.paid
                    secret: true
                    size: Theme.lead
                }
            }
        }

        Repeater {
            model: root.model.steps

            KStep {
                width: parent?.width ?? 0
            }
        }

        KNote {
            width: parent.width
            words: root.model.booking
        }

        KNote {
            width: parent.width
            words: root.model.returns
            secret: true
        }

        KNote {
            width: parent.width
            words: root.model.claims
            secret: true
        }

        // Before old eyes the way needs the room: the papers follow it.
        Repeater {
            model: Theme.spare ? root.model.papers : null

            KPaper {
                width: parent?.width ?? 0
            }
        }

        Repeater {
            model: root.model.failures

            KNote {
                required property string failure

                width: parent?.width ?? 0
                tone: "warn"
                title: failure
            }
        }
    }

    Rectangle {
        id: tray

        anchors {
            left: parent.left
            right: parent.right
            bottom: actions.top
        }
        height: papers.height + 2 * Theme.gap
        color: Theme.surface

        Rectangle {
            width: parent.width
            height: Theme.stroke
            color: Theme.line
        }

        Column {
            id: papers

            anchors {
                left: parent.left
                right: parent.right
                leftMargin: Theme.margin
                rightMargin: Theme.margin
                verticalCenter: parent.verticalCenter
            }
            spacing: Theme.gapSmall

            Item {
                width: parent.width
                height: Math.max(take.height, number.height)

                KText {
                    id: take

                    anchors {
                        left: parent.left
                        right: number.left
                        rightMargin: Theme.gap
                    }
                    words: root.model.take
                    size: Theme.heading
                    strong: true
                }

                KLabel {
                    id: number

                    anchors {
                        right: parent.right
                        verticalCenter: parent.verticalCenter
                    }
                    words: root.model.number
                    size: Theme.caption
                    color: Theme.inkSoft
                }
            }

            Repeater {
                model: Theme.spare ? null : root.model.papers

                KPaper {
                    width: parent?.width ?? 0
                }
            }

            KText {
                width: parent.width
                words: root.model.others
                size: Theme.lead
                strong: true
            }
        }
    }

    KActions {
        id: actions

        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
        }
        affirm: root.more ? qsTrId("next.another") : qsTrId("next.done")
        affirmGlyph: root.more ? "arrow-right" : "check"
        decline: root.more ? qsTrId("next.leave") : ""
        onAffirmed: root.model.proceed()
        onDeclined: root.model.leave()
    }
}
