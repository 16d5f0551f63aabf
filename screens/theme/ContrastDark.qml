import QtQuick

// White and yellow on black, ten to one and more, for eyes that light blinds.
Standard {
    page: "#000000"
    surface: "#0d0d0d"
    sunken: "#1c1c1c"
    scrim: "#e6000000"
    line: "#8c8c8c"

    ink: "#ffffff"
    inkSoft: "#e6e6e6"

    action: "#ffe14d"
    actionPressed: "#ffffff"
    inkOnAction: "#000000"
    actionSoft: "#262200"
    quietPressed: "#4a4200"
    focus: "#4dd2ff"

    good: "#8dffb8"
    goodSoft: "#00260f"
    warn: "#ffd98a"
    warnSoft: "#2b1d00"
    warnLine: "#ffd98a"
    bad: "#ffc2c2"
    badSoft: "#330606"

    payerFund: "#6db3ff"
    payerAid: "#b5dcff"
    payerAccount: "#5fe0c0"
    payerHospital: "#cdb8ff"
    payerOwn: "#ffb066"
    payerPattern: "#000000"

    machine: "#3d3d3d"
    machineSlot: "#c8c8c8"
}
