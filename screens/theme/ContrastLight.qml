import QtQuick

// Black on white, ten to one and more, with edges instead of tints, for eyes that see contours badly.
Standard {
    page: "#ffffff"
    surface: "#ffffff"
    sunken: "#ededed"
    line: "#4a4a4a"

    ink: "#000000"
    inkSoft: "#1f1f1f"

    action: "#00246b"
    actionPressed: "#000000"
    actionSoft: "#e4ebff"
    quietPressed: "#c3d0f7"
    focus: "#c2004a"

    good: "#00391a"
    goodSoft: "#e6f7ec"
    warn: "#3a2400"
    warnSoft: "#fff2d1"
    warnLine: "#7a4b00"
    bad: "#620000"
    badSoft: "#ffe9e9"

    payerFund: "#00246b"
    payerAid: "#0b5aa8"
    payerAccount: "#00594a"
    payerHospital: "#4a3580"
    payerOwn: "#9a3000"

    machine: "#1a1a1a"
    machineSlot: "#6b6b6b"

    stroke: 0.9
    ring: 2
}
