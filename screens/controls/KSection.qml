import QtQuick
import QtQuick.Templates as T
import "../theme"

// A heading that opens what is below it; closed at first, because one page asks one thing.
Column {
    id: root

    required property string title
    property bool open: false
    default property alias content: body.data

    signal unfolded

    T.Button {
        id: handle

        width: root.width
        implicitHeight: Math.max(Theme.touch, Theme.body * 2.45)
        focusPolicy: Qt.StrongFocus
        text: root.title
        Keys.onReturnPressed: handle.click()
        Keys.onEnterPressed: handle.click()
        onClicked: {
            root.open = !root.open;
            if (root.open) {
                body.forceLayout();
                root.forceLayout();
                root.unfolded();
            }
        }

        Accessible.name: text
        Accessible.checkable: true
        Accessible.checked: root.open

        background: Rectangle {
            radius: Theme.radius
            color: handle.down ? Theme.quietPressed : Theme.actionSoft

            KFocusRing {
                control: handle
            }
        }

        contentItem: Item {
            KText {
                anchors {
                    left: parent.left
                    leftMargin: Theme.gap
                    right: state.left
                    rightMargin: Theme.gapSmall
                    verticalCenter: parent.verticalCenter
                }
                words: root.title
                strong: true
                color: Theme.action
                Accessible.ignored: true
            }

            Row {
                id: state

                anchors {
                    right: parent.right
                    rightMargin: Theme.gap
                    verticalCenter: parent.verticalCenter
                }
                spacing: Theme.gapTiny

                KLabel {
                    words: root.open ? qsTrId("explain.close") : qsTrId("explain.open")
                    color: Theme.action
                    Accessible.ignored: true
                }

                KIcon {
                    anchors.verticalCenter: parent.verticalCenter
                    name: root.open ? "chevron-up" : "chevron-down"
                    size: Theme.icon * 0.8
                    ink: Theme.action
                }
            }
        }
    }

    Column {
        id: body

        width: root.width
        visible: root.open
    }
}
