import QtQuick
import "../theme"

// The foot of every page that asks something: going on is always bottom right and large, stepping out bottom left.
Item {
    id: root

    property string affirm: ""
    property string decline: ""
    property string affirmGlyph: ""
    property string declineGlyph: ""
    property bool affirmEnabled: true
    readonly property bool both: affirm !== "" && decline !== ""

    signal affirmed
    signal declined

    implicitHeight: visible ? Theme.button + 2 * Theme.gapWide : 0
    visible: affirm !== "" || decline !== ""

    KButton {
        id: out

        anchors {
            left: parent.left
            leftMargin: Theme.margin
            verticalCenter: parent.verticalCenter
        }
        width: (root.width - 2 * Theme.margin - Theme.gapWide) * 0.4
        visible: root.decline !== ""
        text: root.decline
        glyph: root.declineGlyph
        onClicked: root.declined()
    }

    KButton {
        anchors {
            right: parent.right
            rightMargin: Theme.margin
            verticalCenter: parent.verticalCenter
        }
        width: (root.width - 2 * Theme.margin - Theme.gapWide) * 0.6
        visible: root.affirm !== ""
        affirm: true
        enabled: root.affirmEnabled
        text: root.affirm
        glyph: root.affirmGlyph
        onClicked: root.affirmed()
    }
}
