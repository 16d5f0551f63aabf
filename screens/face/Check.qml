pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Face
import "../controls"
import "../theme"

// The ground of the page is the light that falls on the face; the words stand on a plate of their own.
Rectangle {
    id: root

    required property FaceCheckModel model
    readonly property real mirror: Math.min(width - 2 * Theme.margin, height - plate.height - below.height - ways.height - 4 * Theme.gapWide)

    anchors.fill: parent
    color: model.lit ? model.light : Theme.page

    Rectangle {
        id: plate

        anchors {
            left: parent.left
            right: parent.right
            top: parent.top
            margins: Theme.margin
            topMargin: Theme.gapWide
        }
        height: words.height + 2 * Theme.gap
        radius: Theme.radius
        color: Theme.surface

        Column {
            id: words

            anchors {
                left: parent.left
                right: parent.right
                verticalCenter: parent.verticalCenter
                margins: Theme.gap
            }
            spacing: Theme.gapSmall

            KIcon {
                anchors.horizontalCenter: parent.horizontalCenter
                name: root.model.icon
                size: Theme.iconLarge
                ink: Theme.action
            }

            KText {
                width: parent.width
                words: root.model.instruction
                size: Theme.display
                strong: true
                horizontalAlignment: Text.AlignHCenter
            }
        }
    }

    KPreview {
        anchors {
            top: plate.bottom
            topMargin: Theme.gapWide
            horizontalCenter: parent.horizontalCenter
        }
        visible: root.model.ours
        width: root.mirror
        height: root.mirror
        view: root.model.view
        guide: "face"
        words: qsTrId("face.mirror")
    }

    KSign {
        anchors.centerIn: parent
        visible: !root.model.ours
        glyph: "user-round"
        ground: Theme.actionSoft
        ink: Theme.action
    }

    Rectangle {
        id: below

        anchors {
            left: parent.left
            right: parent.right
            bottom: ways.top
            margins: Theme.margin
            bottomMargin: 0
        }
        height: said.height + 2 * Theme.gap
        radius: Theme.radius
        color: Theme.surface
        visible: root.model.hint !== "" || root.model.at !== ""

        Column {
            id: said

            anchors {
                left: parent.left
                right: parent.right
                verticalCenter: parent.verticalCenter
                margins: Theme.gap
            }
            spacing: Theme.gapSmall

            Row {
                anchors.horizontalCenter: parent.horizontalCenter
                spacing: Theme.gap
                visible: root.model.count > 0

                Repeater {
                    model: root.model.count

                    Rectangle {
                        required property int index

                        width: Theme.icon
                        height: width
                        radius: width / 2
                        color: index < root.model.done ? Theme.good : Theme.surface
                        border.width: Theme.stroke * 1.6
                        border.color: index < root.model.done ? Theme.good : Theme.inkSoft

                        KIcon {
                            anchors.centerIn: parent
                            visible: parent.index < root.model.done
                            name: "check"
                            size: parent.width * 0.7
                            ink: Theme.inkOnAction
                        }
                    }
                }
            }

            KText {
                width: parent.width
                words: root.model.hint !== "" ? root.model.hint : root.model.at
                size: Theme.lead
                strong: root.model.hint !== ""
                color: root.model.hint !== "" ? Theme.warn : Theme.inkSoft
                horizontalAlignment: Text.AlignHCenter
            }
        }
    }

    KEven {
        id: ways

        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
        }
        first: qsTrId("face.another")
        firstGlyph: "headset"
        onFirstChosen: root.model.another()
    }
}
