import QtQuick
import "../theme"

// Something to know, in a box: `tone` is good, warn, bad or plain. Icon and words tell it apart, colour only helps.
Rectangle {
    id: root

    property string tone: "plain"
    property string title: ""
    property string words: ""
    property bool secret: false
    property string glyph: tone === "good" ? "circle-check" : tone === "warn" ? "triangle-alert" : tone === "bad" ? "circle-x" : "info"
    readonly property color ink: tone === "good" ? Theme.good : tone === "warn" ? Theme.warn : tone === "bad" ? Theme.bad : Theme.ink

    implicitHeight: body.height + 2 * Theme.gap
    visible: title !== "" || words !== ""
    radius: Theme.radius
    color: tone === "good" ? Theme.goodSoft : tone === "warn" ? Theme.warnSoft : tone === "bad" ? Theme.badSoft : Theme.sunken

    KIcon {
        id: sign

        anchors {
            left: parent.left
            leftMargin: Theme.gap
            verticalCenter: parent.verticalCenter
        }
        name: root.glyph
        ink: root.ink
        size: Theme.icon * 1.1
    }

    Column {
        id: body

        anchors {
            left: sign.right
            leftMargin: Theme.gap
            right: parent.right
            rightMargin: Theme.gap
            verticalCenter: parent.verticalCenter
        }
        spacing: Theme.gapTiny

        KText {
            width: parent.width
            words: root.title
            size: Theme.lead
            strong: true
            color: root.ink
        }

        KText {
            width: parent.width
            words: root.words
            secret: root.secret
            color: root.ink
        }
    }
}
