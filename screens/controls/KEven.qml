import QtQuick
import "../theme"

// Two ways that are equally good, equally large: the law asks for it where one of them is a face.
Item {
    id: root

    property alias first: one.text
    property alias second: other.text
    property alias firstGlyph: one.glyph
    property alias secondGlyph: other.glyph
    property alias secondEnabled: other.enabled

    signal firstChosen
    signal secondChosen

    implicitHeight: Theme.button + 2 * Theme.gapWide

    KButton {
        id: one

        anchors {
            left: parent.left
            leftMargin: Theme.margin
            verticalCenter: parent.verticalCenter
        }
        width: (root.width - 2 * Theme.margin - Theme.gapWide) / 2
        visible: text !== ""
        onClicked: root.firstChosen()
    }

    KButton {
        id: other

        anchors {
            right: parent.right
            rightMargin: Theme.margin
            verticalCenter: parent.verticalCenter
        }
        width: (root.width - 2 * Theme.margin - Theme.gapWide) / 2
        visible: text !== ""
        affirm: true
        onClicked: root.secondChosen()
    }
}
