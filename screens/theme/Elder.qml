import QtQuick

// 关怀: the standard colours, everything larger. No hanzi below 9 mm of ink, nothing to press below 25 mm, on the narrowest panel too.
Standard {
    caption: 12.4
    body: 14
    lead: 16
    heading: 19.5
    title: 24.5
    display: 29
    huge: 46

    gapSmall: 4.5
    gap: 7.5
    margin: 14

    stroke: 0.9
    ring: 2.2
    touch: 31
    button: 40
    icon: 17
    iconLarge: 31
}
