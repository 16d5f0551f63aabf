pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Home
import "../controls"
import "../theme"

FocusScope {
    id: root

    required property HomeModel model
    readonly property real room: (hero.height - request.height - Theme.gapHuge * 2) / Theme.px(134)

    anchors.fill: parent

    // The request for the card takes the room that doors and notes leave.
    Rectangle {
        id: hero

        anchors {
            left: parent.left
            right: parent.right
            top: parent.top
            bottom: doors.top
            leftMargin: Theme.margin
            rightMargin: Theme.margin
            topMargin: Theme.gapWide
            bottomMargin: Theme.gapWide
        }
        radius: Theme.radius * 1.4
        color: Theme.surface
        border.width: Theme.stroke
        border.color: Theme.line

        Column {
            anchors {
                left: parent.left
                right: parent.right
                verticalCenter: parent.verticalCenter
                margins: Theme.gapWide
            }
            spacing: Theme.gapWide

            KCardArt {
                anchors.horizontalCenter: parent.horizontalCenter
                visible: root.model.welcome && root.room >= 0.5
                grow: Math.min(1.5, root.room)
            }

            KSign {
                anchors.horizontalCenter: parent.horizontalCenter
                visible: !root.model.welcome && root.room >= 0.5
                glyph: "hand"
            }

            Column {
                id: request

                width: parent.width
                spacing: Theme.gapSmall

                KText {
                    width: parent.width
                    words: root.model.title
                    size: Theme.display
                    strong: true
                    horizontalAlignment: Text.AlignHCenter
                }

                KText {
                    width: parent.width
                    words: root.model.how
                    size: Theme.heading
                    color: Theme.inkSoft
                    horizontalAlignment: Text.AlignHCenter
                }
            }
        }
    }

    Column {
        id: doors

        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
            leftMargin: Theme.margin
            rightMargin: Theme.margin
            bottomMargin: Theme.gapWide
        }
        spacing: Theme.gap

        KText {
            width: parent.width
            words: root.model.welcome ? qsTrId("home.doors") : ""
            size: Theme.lead
            color: Theme.inkSoft
        }

        Repeater {
            model: root.model.doors

            // A door, or why it does not open now.
            Column {
                id: way

                required property string door
                required property string picture
                required property string title
                required property string hint
                required property string shut

                width: parent?.width ?? 0

                KTile {
                    width: parent.width
                    visible: way.shut === ""
                    text: way.title
                    hint: way.hint
                    glyph: way.picture
                    onClicked: root.model.enter(way.door)
                }

                KNote {
                    width: parent.width
                    visible: way.shut !== ""
                    tone: "warn"
                    title: way.title
                    words: way.shut
                }
            }
        }

        Repeater {
            model: root.model.notes

            KNote {
                required words

                width: parent?.width ?? 0
                tone: "warn"
            }
        }
    }
}
