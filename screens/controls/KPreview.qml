pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Camera
import "../theme"

// What the camera sees, live, in a frame; `guide` shows where a face or a paper goes. Dark while nothing is seen, and while
// the page is covered: then the camera rests, too.
Rectangle {
    id: root

    property QtObject view: null
    property bool mirrored: guide === "face"
    property string guide: ""
    property string words: ""

    // What a page reads: whether there is a picture now. The preview is gone before this is, when the window closes.
    readonly property bool seeing: preview?.visible && preview.seeing ? true : false

    // Of the camera's own shape; a page may give it another, which then shows the middle.
    implicitWidth: Theme.px(200)
    implicitHeight: width * 9 / 16
    radius: Theme.radius
    color: Theme.machine
    border.width: Theme.stroke * 2
    border.color: root.seeing ? Theme.action : Theme.line

    Accessible.role: Accessible.Graphic
    Accessible.name: root.words

    Preview {
        id: preview

        // Inside the rounded corners, which the software renderer cannot cut out of a picture.
        anchors {
            fill: parent
            margins: root.radius * 0.3 + root.border.width
        }
        visible: !Theme.covered
        view: root.view
        mirrored: root.mirrored
        opacity: seeing ? 1 : 0
    }

    KIcon {
        anchors.centerIn: parent
        visible: !root.seeing
        name: size >= 1 ? "camera" : ""
        size: Math.min(parent.width, parent.height) * 0.3
        ink: Theme.lamp
    }

    // Where the face goes: an outline in two colours, seen on any ground.
    Repeater {
        model: root.guide === "face" ? [Theme.inkOnAction, Theme.action] : []

        Rectangle {
            required property color modelData
            required property int index

            anchors.centerIn: parent
            width: root.height * 0.52 - index * Theme.stroke * 4
            height: root.height * 0.74 - index * Theme.stroke * 4
            radius: width / 2
            color: "transparent"
            border.width: Theme.stroke * (index === 0 ? 8 : 4)
            border.color: modelData
            opacity: root.seeing ? 1 : 0
        }
    }

    // Where the paper goes: its four corners.
    Repeater {
        model: root.guide === "paper" ? 4 : 0

        Item {
            id: corner

            required property int index

            readonly property bool far: index % 2 === 1
            readonly property bool low: index >= 2
            readonly property real arm: root.height * 0.12

            x: far ? root.width * 0.92 - arm : root.width * 0.08
            y: low ? root.height * 0.94 - arm : root.height * 0.06
            width: arm
            height: arm
            opacity: root.seeing ? 1 : 0

            // Light beneath, dark above: seen on any ground.
            Repeater {
                model: [Theme.inkOnAction, Theme.action]

                Item {
                    id: layer

                    required property color modelData
                    required property int index

                    readonly property real inset: index * Theme.stroke
                    readonly property real thick: Theme.stroke * 6 - 2 * inset

                    anchors {
                        fill: parent
                        margins: inset
                    }

                    Rectangle {
                        y: corner.low ? parent.height - height : 0
                        width: parent.width
                        height: layer.thick
                        color: layer.modelData
                    }

                    Rectangle {
                        x: corner.far ? parent.width - width : 0
                        width: layer.thick
                        height: parent.height
                        color: layer.modelData
                    }
                }
            }
        }
    }
}
