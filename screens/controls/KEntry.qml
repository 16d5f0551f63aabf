import QtQuick
import "../theme"

// What has been typed so far, with a mark where the next character goes.
Rectangle {
    id: root

    required property string words
    property bool secret: false
    property bool wrong: false

    // What to enter, while nothing is.
    property string wanted: ""

    // Beside the text, where no pad has the key: one that takes the last character back.
    property bool erasable: false

    signal erased

    implicitHeight: Math.max(Theme.touch, Theme.title * 1.8)
    radius: Theme.radius
    color: Theme.surface
    border.width: Theme.stroke * 2.4
    border.color: wrong ? Theme.bad : Theme.action

    Accessible.role: Accessible.StaticText
    Accessible.name: typed.shown

    Row {
        anchors {
            left: parent.left
            leftMargin: Theme.gapWide
            verticalCenter: parent.verticalCenter
        }
        spacing: Theme.gapTiny

        KLabel {
            id: typed

            anchors.verticalCenter: parent.verticalCenter
            words: root.words
            secret: root.secret
            size: Theme.title
            strong: true
            Accessible.ignored: true
        }

        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.stroke * 3
            height: Theme.title * 1.1
            color: Theme.action
        }

        KLabel {
            anchors.verticalCenter: parent.verticalCenter
            words: root.words === "" ? root.wanted : ""
            size: Theme.lead
            color: Theme.inkSoft
            Accessible.ignored: true
        }
    }

    KKey {
        anchors {
            right: parent.right
            top: parent.top
            bottom: parent.bottom
        }
        visible: root.erasable
        width: Theme.button * 1.6
        glyph: "delete"
        label: qsTrId("service.erase")
        onClicked: root.erased()
    }
}
