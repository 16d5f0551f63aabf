import QtQuick
import Kiosk.Frame
import "controls"
import "theme"

// The glass: what surrounds every page, the page, and the page that may cover it.
Window {
    id: root

    required property Router router
    required property Frame frame
    required property int shieldMs

    color: Theme.sunken
    title: qsTrId("app.title")

    Binding {
        target: Theme
        property: "glassMm"
        value: root.router.widthMm
    }

    Binding {
        target: Theme
        property: "pxPerMm"
        value: sheet.width / root.router.widthMm
    }

    Binding {
        target: Theme
        property: "look"
        value: root.frame.look
    }

    Binding {
        target: Theme
        property: "covered"
        value: root.frame.covered
    }

    Binding {
        target: Theme
        property: "animated"
        value: root.router.animated
    }

    // Nine by sixteen, as large as the window allows. Lengths follow its width, so a small window shows the same page.
    Rectangle {
        id: sheet

        LayoutMirroring.enabled: root.frame.mirrored
        LayoutMirroring.childrenInherit: true

        anchors.centerIn: parent
        width: Math.min(root.width, root.height * 9 / 16)
        height: width * 16 / 9
        color: Theme.page
        clip: true

        Watermark {
            objectName: "watermark"
            anchors.fill: parent
            visible: root.frame.simulated
            words: qsTrId("banner.watermark")
            family: Theme.family
            ink: Theme.sunken
            letters: Theme.px(62)
        }

        KBanner {
            id: banner

            width: parent.width
            visible: root.frame.simulated
            words: qsTrId("banner.simulated")
        }

        KHeader {
            id: header

            anchors.top: banner.bottom
            width: parent.width
            hospital: root.frame.hospital
            place: root.frame.place
            time: root.frame.time
            day: root.frame.day
            onHeld: root.frame.staff()
        }

        FocusScope {
            anchors {
                top: header.bottom
                topMargin: root.frame.low ? Math.max(0, sheet.height - root.frame.reachMm * Theme.pxPerMm - header.y - header.height) : 0
                bottom: offer.top
            }
            width: parent.width
            focus: true

            KStepBar {
                id: steps

                width: parent.width
                at: root.router.step
                label: root.router.stepLabel
                givesBack: root.router.givesBack
            }

            Place {
                id: page

                anchors {
                    top: steps.bottom
                    bottom: parent.bottom
                }
                width: parent.width
                focus: cover.shown === null

                // Not invisible: a list that lays itself out anew would lose its place.
                opacity: focus ? 1 : 0
                enabled: focus
            }

            Place {
                id: cover

                anchors {
                    top: steps.bottom
                    bottom: parent.bottom
                }
                width: parent.width
                focus: shown !== null
            }

            // A new page takes no finger that was meant for the last one: its button lies where the last button lay.
            MouseArea {
                anchors.fill: parent
                enabled: shield.running
            }

            Timer {
                id: shield

                interval: root.shieldMs
            }
        }

        KOffer {
            id: offer

            anchors.bottom: tools.top
            width: parent.width
            visible: root.frame.offered
            onAnswered: wanted => root.frame.care(wanted)
        }

        KTools {
            id: tools

            anchors.bottom: footer.top
            width: parent.width
            tools: root.frame.tools
            onUsed: tool => root.frame.use(tool)
        }

        KFooter {
            id: footer

            anchors.bottom: parent.bottom
            width: parent.width
            help: root.frame.help
        }

        PointHandler {
            onActiveChanged: {
                if (active)
                    root.router.touched();
            }
        }
    }

    Connections {
        target: root.router

        function onPageChanged(): void {
            page.bring(root.router.page, root.router.model);
            root.guard();
        }

        function onOverlayChanged(): void {
            cover.bring(root.router.overlay, root.router.overlayModel);
            root.guard();
        }
    }

    function guard(): void {
        if (shieldMs > 0)
            shield.restart();
    }
}
