import QtQuick

// A page of a service: as every page, with one way back and one way out.
KPage {
    id: root

    exit: qsTrId("service.leave")
    exitTitle: qsTrId("service.leave_title")
    exitWords: qsTrId("service.leave_words")
    exitStay: qsTrId("service.leave_not")
    decline: qsTrId("service.back")
    declineGlyph: "arrow-left"
}
