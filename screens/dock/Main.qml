import QtQuick
import Kiosk.Dock
import "../controls"
import "../theme"

// Beside the kiosk: the patient's hands on the left, camera and surroundings in the middle, what comes out on the right.
Window {
    id: root

    required property Desk desk
    required property Lens lens
    required property Around around

    width: 1380
    height: 780
    minimumWidth: 1200
    minimumHeight: 760
    color: Theme.page
    title: "操作台（模拟设备）"

    Binding {
        target: Theme
        property: "pxPerMm"
        value: 1.3
    }

    KBanner {
        id: banner

        width: parent.width
        words: "模拟操作台：卡、证件、付款码、摄像头和打印机都是模拟的，人员是虚构的"
    }

    KLabel {
        id: trouble

        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
            margins: Theme.gap
        }
        height: Theme.px(15)
        words: root.desk.connected ? root.desk.words : "没有连上模拟设备，正在等它启动（kiosk sim）"
        size: Theme.caption
        color: root.desk.connected ? Theme.bad : Theme.warn
        elide: Text.ElideRight
        verticalAlignment: Text.AlignVCenter
    }

    Item {
        id: space

        anchors {
            left: parent.left
            right: parent.right
            top: banner.bottom
            bottom: parent.bottom
            margins: Theme.gap
            bottomMargin: Theme.px(22)
        }

        Column {
            id: hands

            width: parent.width * 0.4
            spacing: Theme.gap

            CardGroup {
                width: parent.width
                desk: root.desk
            }

            IdCardGroup {
                width: parent.width
                desk: root.desk
            }

            PhoneGroup {
                width: parent.width
                desk: root.desk
            }

            PrinterGroup {
                width: parent.width
                desk: root.desk
            }
        }

        Column {
            id: around

            anchors {
                left: hands.right
                leftMargin: Theme.gap
            }
            width: parent.width * 0.36
            spacing: Theme.gap

            CameraGroup {
                width: parent.width
                desk: root.desk
                lens: root.lens
            }

            AroundGroup {
                width: parent.width
                desk: root.desk
                around: root.around
            }

            TerminalGroup {
                width: parent.width
                desk: root.desk
                around: root.around
            }

            KeypadGroup {
                width: parent.width
                desk: root.desk
                around: root.around
            }
        }

        PaperTray {
            anchors {
                left: around.right
                leftMargin: Theme.gap
                right: parent.right
            }
            height: parent.height
            desk: root.desk
        }
    }
}
