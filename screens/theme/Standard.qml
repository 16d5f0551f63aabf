import QtQuick

Tokens {
    page: "#f2f5f8"
    surface: "#ffffff"
    sunken: "#e6ecf1"
    scrim: "#cc10212e"
    line: "#c3ced8"

    ink: "#10212e"
    inkSoft: "#354856"

    action: "#0b4a82"
    actionPressed: "#06305a"
    inkOnAction: "#ffffff"
    actionSoft: "#e3edf7"
    quietPressed: "#d3e2f0"
    focus: "#d9480f"

    good: "#0b5a36"
    goodSoft: "#e4f3ea"
    warn: "#5c3b00"
    warnSoft: "#fff1cc"
    warnLine: "#b7791f"
    bad: "#8a1c1c"
    badSoft: "#fceaea"

    payerFund: "#0b4a82"
    payerAid: "#2f7fc1"
    payerAccount: "#17806d"
    payerHospital: "#6d5a9c"
    payerOwn: "#c2410c"
    payerPattern: "#ffffff"

    machine: "#1b2f3d"
    machineSlot: "#5d7282"
    lamp: "#5fd08f"
    beam: "#f4796b"
    chip: "#e8c15a"
    chipLine: "#8f6a14"

    caption: 9
    body: 11
    lead: 13.2
    heading: 16.5
    title: 21.5
    display: 27
    huge: 42

    gapTiny: 2
    gapSmall: 4
    gap: 7
    gapWide: 11
    margin: 16
    gapHuge: 22

    stroke: 0.7
    ring: 1.6
    radius: 5
    touch: 20
    button: 34
    icon: 14
    iconLarge: 26
}
