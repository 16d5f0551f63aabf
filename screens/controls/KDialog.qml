import QtQuick
import "../theme"

// A question that must be answered before anything else on the page. The keys stay inside; the harmless answer has them first.
FocusScope {
    id: root

    required property string title
    property string words: ""
    required property string affirm
    required property string decline
    property bool open: false

    signal affirmed

    anchors.fill: parent
    visible: open
    focus: open
    z: 10
    Keys.onEscapePressed: root.close()

    Accessible.role: Accessible.Dialog
    Accessible.name: title
    Accessible.ignored: !open

    Rectangle {
        anchors.fill: parent
        color: Theme.scrim
    }

    MouseArea {
        anchors.fill: parent
    }

    Rectangle {
        anchors.centerIn: parent
        width: parent.width - 2 * Theme.margin
        height: body.height + 2 * Theme.gapHuge
        radius: Theme.radius * 1.4
        color: Theme.surface
        border.width: Theme.stroke * 2
        border.color: Theme.action

        Column {
            id: body

            anchors {
                left: parent.left
                right: parent.right
                verticalCenter: parent.verticalCenter
                margins: Theme.gapWide
            }
            spacing: Theme.gapWide

            KText {
                width: parent.width
                words: root.title
                size: Theme.title
                strong: true
                horizontalAlignment: Text.AlignHCenter
            }

            KText {
                width: parent.width
                words: root.words
                size: Theme.lead
                horizontalAlignment: Text.AlignHCenter
            }

            KButton {
                id: stay

                width: parent.width
                focus: true
                affirm: true
                text: root.decline
                onClicked: root.close()
            }

            KButton {
                width: parent.width
                text: root.affirm
                onClicked: {
                    root.close();
                    root.affirmed();
                }
            }
        }
    }

    function show(): void {
        open = true;
        stay.forceActiveFocus(Qt.TabFocusReason);
    }

    function close(): void {
        open = false;
    }
}
