pragma ComponentBehavior: Bound

import QtQuick
import "../../../screens/controls"
import "../../../screens/theme"

// Every control once, for docs/design.md. The words are samples and stand in no catalogue.
Window {
    id: root

    required property string look

    width: 1080
    height: 5560
    color: Theme.page

    Binding {
        target: Theme
        property: "look"
        value: root.look
    }

    Binding {
        target: Theme
        property: "animated"
        value: false
    }

    Binding {
        target: Theme
        property: "pxPerMm"
        value: root.width / 336
    }

    ListModel {
        id: payers

        ListElement {
            kind: "fund"
            share: 0.48
        }
        ListElement {
            kind: "aid"
            share: 0.14
        }
        ListElement {
            kind: "account"
            share: 0.2
        }
        ListElement {
            kind: "hospital"
            share: 0.06
        }
        ListElement {
            kind: "own"
            share: 0.12
        }
    }

    ListModel {
        id: tools

        ListElement {
            name: "elder"
            picture: "a-large-small"
            title: "大字"
            chosen: true
        }
        ListElement {
            name: "contrast"
            picture: "contrast"
            title: "高对比"
            chosen: false
        }
        ListElement {
            name: "cover"
            picture: "eye-off"
            title: "遮挡"
            chosen: false
        }
    }

    KBanner {
        id: banner

        width: parent.width
        words: "模拟演示　不会产生真实费用"
    }

    KHeader {
        id: header

        anchors.top: banner.bottom
        width: parent.width
        hospital: "模拟医院"
        place: "门诊楼一层大厅东侧　007 号机"
        time: "09:41"
        day: "11月23日 星期一"
    }

    KStepBar {
        id: steps

        anchors.top: header.bottom
        width: parent.width
        at: 2
        label: ""
    }

    Column {
        anchors {
            top: steps.bottom
            left: parent.left
            right: parent.right
            margins: Theme.margin
        }
        spacing: Theme.gap

        Row {
            id: arts

            spacing: Theme.gapWide

            KCardArt {
                grow: 0.55
            }

            KCodeArt {
                grow: 0.55
            }

            Column {
                spacing: Theme.gapSmall

                KSign {
                    glyph: "check"
                    ground: Theme.goodSoft
                    ink: Theme.good
                    size: Theme.px(30)
                }

                KSpinner {}
            }

            KIcon {
                name: "hospital"
                ink: Theme.action
                size: Theme.iconLarge
            }
        }

        KPreview {
            width: parent.width
            guide: "face"
            words: "摄像头"
        }

        KTile {
            width: parent.width
            text: "门诊缴费"
            hint: "医保当场报销，只付自己那一份"
            glyph: "receipt-text"
        }

        Row {
            spacing: Theme.gapSmall

            KButton {
                width: (steps.width - 2 * Theme.margin - 2 * Theme.gapSmall) / 3
                text: "确认"
                affirm: true
                glyph: "check"
            }

            KButton {
                width: (steps.width - 2 * Theme.margin - 2 * Theme.gapSmall) / 3
                text: "返回"
                glyph: "arrow-left"
            }

            KButton {
                width: (steps.width - 2 * Theme.margin - 2 * Theme.gapSmall) / 3
                text: "下一步"
                affirm: true
                enabled: false
            }
        }

        Row {
            spacing: Theme.gapWide

            KKey {
                width: Theme.px(44)
                text: "X"
            }

            KLink {
                text: "修改"
                glyph: "pencil"
            }

            KMove {
                width: (steps.width - 2 * Theme.margin - 2 * Theme.gapSmall) / 3
                text: "看下面"
                glyph: "chevron-down"
            }

        }

        KOption {
            width: parent.width
            label: "异地长期居住人员"
            note: "在外省居住半年以上"
            chosen: true
        }

        KRow {
            width: parent.width
            text: "账单"
            label: "缴这一笔"

            KFact {
                width: parent.width
                label: "呼吸内科门诊　周明"
                words: "99.40 元"
                size: Theme.lead
            }
        }

        KEntry {
            width: parent.width
            words: "BJ"
            erasable: true
        }

        KPad {
            width: parent.width
            extra: "X"
        }

        KLetters {
            width: parent.width
            following: "BDHJLX"
        }

        KAmount {
            width: parent.width
            words: "1,286.46 元"
            size: Theme.display
        }

        KShares {
            width: parent.width
            payers: payers
        }

        Row {
            spacing: Theme.gapSmall

            Repeater {
                model: payers

                KSwatch {
                    width: Theme.px(12)
                    height: width
                }
            }

            KLabel {
                words: "各方各有颜色和花纹"
            }
        }

        KSection {
            width: parent.width
            title: "为什么有一部分要自己承担"
        }

        Repeater {
            model: ["good", "warn", "bad", "plain"]

            KNote {
                required property string modelData

                width: parent?.width ?? 0
                tone: modelData
                title: "您的钱没有被扣。"
            }
        }

        KPoint {
            part: -1
            width: parent.width
            label: "办理时限"
            said: "2 个工作日内办结"
        }

        KNumber {
            width: parent.width
            number: "K7PM-42XQ-9"
            code: "代码 S02"
        }

        KSource {
            width: parent.width
            words: "依据：模拟统筹区医保办〔2026〕1 号第三条"
        }

        KCountdown {
            width: parent.width
            seconds: 45
        }

        KText {
            width: parent.width
            words: "段落按词断行，不留一个字在行尾；金额和单位不分开。"
        }

        KActions {
            x: -Theme.margin
            width: root.width
            affirm: "下一步"
            affirmGlyph: "arrow-right"
            decline: "不缴了"
        }

        KTools {
            x: -Theme.margin
            width: root.width
            tools: tools
        }

        KFooter {
            x: -Theme.margin
            width: root.width
            help: "本院咨询 0000-12345678"
        }
    }

    function focusFirst(): void {
        arts.nextItemInFocusChain().forceActiveFocus(Qt.TabFocusReason);
    }
}
