pragma Singleton

import QtQuick

// The theme now shown, in pixels: what a page reads. The window sets `glassMm` and `pxPerMm` once it knows its size.
//
// Tokens are drawn for a panel 336 mm wide (27 inches, upright). A narrower one has less room but the same reader: everything gives
// way a little, never so far that a hanzi falls below 6.5 mm of ink. A wider one is stood farther from, and everything grows a little.
QtObject {
    id: theme

    // One of `kiosk.flow.rules.Look`.
    property string look: "standard"
    readonly property Tokens tokens: look === "elder" ? elder : look === "contrast_dark" ? contrastDark : look === "contrast_light" ? contrastLight : standard

    // Letters so large that what surrounds a page says only what is needed.
    readonly property bool spare: look === "elder"
    readonly property Tokens standard: Standard {}
    readonly property Tokens elder: Elder {}
    readonly property Tokens contrastDark: ContrastDark {}
    readonly property Tokens contrastLight: ContrastLight {}

    property real glassMm: 336
    property real pxPerMm: 3.2
    readonly property real fit: Math.max(0.82, Math.min(1.3, glassMm / 336))
    property bool animated: true

    // What is personal is written as dots.
    property bool covered: false
    readonly property string family: "Noto Sans SC"

    readonly property color page: tokens.page
    readonly property color surface: tokens.surface
    readonly property color sunken: tokens.sunken
    readonly property color scrim: tokens.scrim
    readonly property color line: tokens.line
    readonly property color ink: tokens.ink
    readonly property color inkSoft: tokens.inkSoft
    readonly property color action: tokens.action
    readonly property color actionPressed: tokens.actionPressed
    readonly property color inkOnAction: tokens.inkOnAction
    readonly property color actionSoft: tokens.actionSoft
    readonly property color quietPressed: tokens.quietPressed
    readonly property color focus: tokens.focus
    readonly property color good: tokens.good
    readonly property color goodSoft: tokens.goodSoft
    readonly property color warn: tokens.warn
    readonly property color warnSoft: tokens.warnSoft
    readonly property color warnLine: tokens.warnLine
    readonly property color bad: tokens.bad
    readonly property color badSoft: tokens.badSoft

    readonly property color payerPattern: tokens.payerPattern
    readonly property color machine: tokens.machine
    readonly property color machineSlot: tokens.machineSlot
    readonly property color lamp: tokens.lamp
    readonly property color beam: tokens.beam
    readonly property color chip: tokens.chip
    readonly property color chipLine: tokens.chipLine

    readonly property real caption: px(tokens.caption)
    readonly property real body: px(tokens.body)
    readonly property real lead: px(tokens.lead)
    readonly property real heading: px(tokens.heading)
    readonly property real title: px(tokens.title)
    readonly property real display: px(tokens.display)
    readonly property real huge: px(tokens.huge)

    readonly property real gapTiny: px(tokens.gapTiny)
    readonly property real gapSmall: px(tokens.gapSmall)
    readonly property real gap: px(tokens.gap)
    readonly property real gapWide: px(tokens.gapWide)
    readonly property real margin: px(tokens.margin)
    readonly property real gapHuge: px(tokens.gapHuge)

    readonly property real stroke: px(tokens.stroke)
    readonly property real ring: px(tokens.ring)
    readonly property real radius: px(tokens.radius)
    readonly property real touch: px(tokens.touch)
    readonly property real button: px(tokens.button)
    readonly property real icon: px(tokens.icon)
    readonly property real iconLarge: px(tokens.iconLarge)

    // Whole pixels, so that edges and letters stay sharp; never nothing.
    function px(mm: real): real {
        return Math.max(1, Math.round(mm * fit * pxPerMm));
    }

    function payer(kind: string): color {
        switch (kind) {
        case "fund":
            return tokens.payerFund;
        case "aid":
            return tokens.payerAid;
        case "account":
            return tokens.payerAccount;
        case "hospital":
            return tokens.payerHospital;
        default:
            return tokens.payerOwn;
        }
    }
}
