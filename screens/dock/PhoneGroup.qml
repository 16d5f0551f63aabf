pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Dock
import "../theme"

// A telephone with codes, held before the scanner until one was read.
Group {
    id: root

    required property Desk desk

    title: "手机付款码"
    glyph: "smartphone"
    condition: desk.light ? "扫码口亮着" : desk.codeHeld ? "举着手机，等扫码口亮" : "扫码口没亮"
    tone: desk.light ? "good" : desk.codeHeld ? "warn" : "plain"

    Grid {
        id: codes

        width: parent.width
        columns: 4
        spacing: Theme.gapSmall

        Repeater {
            model: root.desk.codes

            delegate: DockButton {
                required property string key
                required property string name

                width: (codes.width - 3 * codes.spacing) / 4
                text: name
                enabled: root.desk.connected
                onClicked: root.desk.showCode(key)
            }
        }
    }

    DockButton {
        width: parent.width
        text: "收起手机"
        enabled: root.desk.codeHeld
        onClicked: root.desk.putAway()
    }
}
