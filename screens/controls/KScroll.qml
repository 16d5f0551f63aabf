import QtQuick
import "../theme"

// A column that may be longer than the glass. Then two large buttons move it: not everybody knows that pages can be dragged.
Item {
    id: root

    default property alias content: column.data
    property alias spacing: column.spacing
    property bool centred: false
    readonly property real room: height - 2 * Theme.gapWide
    readonly property bool long: column.height > 0 && column.height > room
    readonly property real above: centred && !long ? (height - column.height) * 0.42 : Theme.gapWide

    // What the keys would press is brought into sight.
    readonly property Item focused: Window.activeFocusItem
    onFocusedChanged: {
        let above = focused;
        while (above && above !== column)
            above = above.parent;
        if (above)
            show(focused);
    }

    Flickable {
        id: area

        anchors {
            left: parent.left
            right: parent.right
            top: parent.top
            bottom: parent.bottom
            bottomMargin: root.long ? mover.height : 0
        }
        contentHeight: column.height + root.above + Theme.gapWide
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        interactive: root.long

        Column {
            id: column

            x: Theme.margin
            y: root.above
            width: area.width - 2 * Theme.margin
            spacing: Theme.gapWide
        }
    }

    Rectangle {
        anchors {
            left: parent.left
            right: parent.right
            top: area.top
        }
        visible: !area.atYBeginning
        height: Theme.stroke
        color: Theme.line
    }

    Rectangle {
        anchors {
            left: parent.left
            right: parent.right
            bottom: mover.top
        }
        visible: root.long
        height: Theme.stroke
        color: Theme.line
    }

    Row {
        id: mover

        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
            leftMargin: Theme.margin
            rightMargin: Theme.margin
        }
        topPadding: Theme.gapSmall
        spacing: Theme.gapWide
        visible: root.long
        height: Theme.touch + 2 * Theme.gapSmall

        KMove {
            width: (mover.width - mover.spacing) / 2
            text: qsTrId("chrome.more_above")
            glyph: "chevron-up"
            enabled: !area.atYBeginning
            onClicked: root.move(-1)
        }

        KMove {
            width: (mover.width - mover.spacing) / 2
            text: qsTrId("chrome.more_below")
            glyph: "chevron-down"
            enabled: !area.atYEnd
            onClicked: root.move(1)
        }
    }

    function move(way: int): void {
        turnTo(area.contentY + way * area.height * 0.8);
    }

    // Brings something of the column to the top, as far as the page goes.
    function reveal(item: Item): void {
        turnTo(column.y + item.y - Theme.gapSmall);
    }

    function show(item: Item): void {
        const top = item.mapToItem(area.contentItem, 0, 0).y;
        if (top < area.contentY || top + item.height > area.contentY + area.height)
            turnTo(top - Theme.gapWide);
    }

    function turnTo(place: real): void {
        column.forceLayout();
        area.contentY = Math.max(0, Math.min(area.contentHeight - area.height, place));
    }
}
