import QtQuick

// The shape every theme has: colours by meaning, lengths in millimetres on the glass. A theme is this with values and nothing else.
QtObject {
    // Surfaces, from the back to the front.
    required property color page
    required property color surface
    required property color sunken
    required property color scrim
    required property color line

    // What is written on them. `inkSoft` still has 7:1 on each of the three.
    required property color ink
    required property color inkSoft

    // The one colour of action, and what is written on it.
    required property color action
    required property color actionPressed
    required property color inkOnAction
    required property color actionSoft
    required property color quietPressed
    required property color focus

    // How things stand. Each has a pale ground and an ink that carries on it; shape and words always say the same.
    required property color good
    required property color goodSoft
    required property color warn
    required property color warnSoft
    required property color warnLine
    required property color bad
    required property color badSoft

    // Payers in the chart; each also has its own pattern.
    required property color payerFund
    required property color payerAid
    required property color payerAccount
    required property color payerHospital
    required property color payerOwn
    required property color payerPattern

    // Drawings: the machine's dark front, its lamp and its scanner's light, a card's chip.
    required property color machine
    required property color machineSlot
    required property color lamp
    required property color beam
    required property color chip
    required property color chipLine

    // Letter sizes (the em; a hanzi's ink is nine tenths of it).
    required property real caption
    required property real body
    required property real lead
    required property real heading
    required property real title
    required property real display
    required property real huge

    // Distances.
    required property real gapTiny
    required property real gapSmall
    required property real gap
    required property real gapWide
    required property real margin
    required property real gapHuge

    // Things.
    required property real stroke
    required property real ring
    required property real radius
    required property real touch
    required property real button
    required property real icon
    required property real iconLarge
}
