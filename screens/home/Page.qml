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

            // How the card goes in; in turn with it what the province's papers say, to be read in passing. Nothing else moves.
            Item {
                readonly property bool telling: root.model.question !== "" && policy.height <= hero.height - request.height - Theme.gapHuge * 2

                width: parent.width
                height: telling ? policy.height : art.visible ? art.height : 0

                KCardArt {
                    id: art

                    anchors.horizontalCenter: parent.horizontalCenter
                    visible: root.model.welcome && root.room >= 0.5 && !parent.telling
                    grow: Math.min(1.5, root.room)
                }

                Column {
                    id: policy

                    width: parent.width
                    opacity: parent.telling ? 1 : 0
                    spacing: Theme.gapSmall

                    KText {
                        width: parent.width
                        words: root.model.question
                        size: Theme.lead
                        strong: true
                    }

                    KText {
                        width: parent.width
                        words: root.model.answer
                    }

                    KSource {
                        width: parent.width
                        words: root.model.source
                    }
                }
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

        // One or two doors are as wide as the page. More stand two by two, the first of an odd number by itself.
        Flow {
            id: ways

            readonly property real half: (width - spacing) / 2
            readonly property real tall: children.reduce((most, each) => each.beside ? Math.max(most, each.implicitHeight) : most, 0)

            width: parent.width
            spacing: Theme.gap

            Repeater {
                id: every

                model: root.model.doors

                // A door, or why it does not open now.
                Item {
                    id: way

                    required property int index
                    required property string door
                    required property string picture
                    required property string title
                    required property string hint
                    required property string shut
                    readonly property bool beside: every.count > 2 && (index > 0 || every.count % 2 === 0)

                    implicitHeight: shut === "" ? tile.implicitHeight : note.implicitHeight
                    width: beside ? ways.half : ways.width
                    height: beside ? ways.tall : implicitHeight

                    KTile {
                        id: tile

                        anchors.fill: parent
                        visible: way.shut === ""
                        text: way.title
                        hint: every.count > 4 ? "" : way.hint  // five names are read at a glance, five sentences are not
                        glyph: way.picture
                        onClicked: root.model.enter(way.door)
                    }

                    KNote {
                        id: note

                        anchors.fill: parent
                        visible: way.shut !== ""
                        tone: "warn"
                        title: way.title
                        words: way.shut
                    }
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
