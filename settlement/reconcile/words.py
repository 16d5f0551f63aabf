"""What is so, and what to do about it: the words of each kind of difference, in both languages of hospital staff.

The act is a proposal to a person. Nothing in the reconciliation moves money: what can be undone is undone by the kiosk
(`kiosk journal recover`) or by staff, who write down how (`kiosk journal resolve`).
"""

from __future__ import annotations

from typing import NamedTuple

from settlement.reconcile.findings import Kind


class Words(NamedTuple):
    """What is so, and what to do, in both languages of hospital staff."""

    zh: str
    act_zh: str
    en: str
    act_en: str


WORDS: dict[Kind, Words] = {
    Kind.STILL_OPEN: Words(
        "自助机还没有办完",
        "在该机运行 kiosk journal recover；仍未了结的由人工处理后 kiosk journal resolve",
        "the kiosk has not finished it",
        "run kiosk journal recover there; what stays open is resolved by staff with kiosk journal resolve",
    ),
    Kind.KIOSK_ONLY: Words(
        "自助机认为已结算，医院和医保平台都没有",
        "用 5203 查该结算号；查无则退还自付，请患者重新缴费",
        "settled at the kiosk only: neither hospital nor platform has it",
        "look the setl_id up by 5203; if there is none, give the own part back and ask the patient to pay again",
    ),
    Kind.NOT_BOOKED: Words(
        "已结算已付款，医院没有入账",
        "在该机运行 kiosk journal recover 用同一号码再次入账；药房发药前先核对",
        "settled and paid, but not booked at the hospital",
        "run kiosk journal recover on that kiosk to book again under the same key; check before the pharmacy hands out",
    ),
    Kind.BOOKED_TWICE: Words(
        "医院对同一笔结算入账两次",
        "医院冲销其中一次",
        "the hospital booked one settlement twice",
        "the hospital takes one booking back",
    ),
    Kind.BOOKED_BUT_UNDONE: Words(
        "自助机已撤销并退款，医院仍记为已付",
        "医院撤销入账；药房停止发药",
        "undone and refunded by the kiosk, still booked at the hospital",
        "the hospital takes the booking back; the pharmacy stops",
    ),
    Kind.BOOKED_WITHOUT_KIOSK: Words(
        "医院记在这台自助机名下，它的账上没有",
        "核对该机的账本是否完整（kiosk journal verify），再决定撤销还是补记",
        "booked under this kiosk, which has no row of it",
        "check that kiosk's journal (kiosk journal verify), then take the booking back or find out who settled",
    ),
    Kind.HOSPITAL_AMOUNTS: Words(
        "医院入账的金额与自助机不同",
        "按医保结算单更正医院的账",
        "the hospital booked other amounts than the kiosk settled",
        "correct the hospital's books by the settlement sheet",
    ),
    Kind.PROMISED_OTHERWISE: Words(
        "医院记的保险公司赔付或缓缴，与入账时答应的不同",
        "核对保险公司的答复和缓缴约定，更正医院的账；不赔的请患者补缴，或给理赔凭条",
        "the hospital has another sum from an insurer, or to be paid later, than was promised when it booked",
        "check the insurer's answer and the agreement and correct the hospital's books; what nobody pays is asked of "
        "the patient, or gets a claim slip",
    ),
    Kind.CLAIM_OPEN: Words(
        "保险公司赔不赔，自助机还不知道",
        "在该机运行 kiosk journal recover 再问；保险公司查无此案的，人工联系后 kiosk journal resolve",
        "the kiosk does not know whether the insurer pays",
        "run kiosk journal recover there to ask again; if the insurer has no such claim, call it, then kiosk "
        "journal resolve",
    ),
    Kind.CLAIM_MISSING: Words(
        "自助机记为保险公司已赔付，保险公司的清单上没有",
        "凭理赔号向保险公司查询；没有的按拒赔处理，请患者补缴或给理赔凭条",
        "paid by the insurer in the kiosk's books, not in the insurer's list",
        "ask the insurer by its claim number; if there is none, the patient pays the part or gets a claim slip",
    ),
    Kind.CLAIM_OTHERWISE: Words(
        "保险公司的结果或金额与自助机不同",
        "以保险公司的书面答复为准：不赔的请患者补缴，赔了的退还患者补缴的钱",
        "the insurer has another end or another amount of the claim",
        "go by the insurer's written answer: what it does not pay the patient pays, what it pays after all goes back",
    ),
    Kind.CLAIM_NOT_NOTED: Words(
        "保险公司赔付的结果，医院记的与自助机不同",
        "在该机运行 kiosk journal recover 再告诉医院一次；仍不同的更正医院的应收账",
        "the hospital has another end of the insurer's part than the kiosk",
        "run kiosk journal recover there to tell the hospital again; what still differs is corrected in its "
        "receivables",
    ),
    Kind.CLAIM_WITHOUT_KIOSK: Words(
        "保险公司有这笔理赔，自助机没有要求过",
        "通知保险公司撤案；已付到医院的退回",
        "the insurer has a claim that the kiosk never made",
        "tell the insurer to withdraw it; what it paid the hospital goes back",
    ),
    Kind.CANCELLED_ELSEWHERE: Words(
        "结算已在别处（窗口）撤销",
        "确认自付已退给患者",
        "cancelled elsewhere since (at a window)",
        "make sure that the own part went back to the patient",
    ),
    Kind.HALF_CANCELLED: Words(
        "医院已撤销入账，医保平台仍是已结算，自助机也没有撤销过",
        "由医保办核对：确实要退的，在平台撤销（2208）；不该退的，医院恢复入账",
        "taken out of the hospital's books, still settled at the platform, and not undone by the kiosk",
        "the insurance office finds out: cancel it at the platform too (2208), or book it again",
    ),
    Kind.RECEIPT_OTHERWISE: Words(
        "交给患者的电子票据（或红字票据）号码与医院的不同",
        "财务按医院票据系统核对号码，把正确的票据发给患者",
        "the fiscal receipt, or the red one, that the patient was given has another number at the hospital",
        "finance looks the number up in the hospital's receipt system and sends the patient the right one",
    ),
    Kind.PLATFORM_MISSING: Words(
        "医院和自助机都有，医保平台没有",
        "用 5203 查该结算号；查无则医院撤销入账、退还自付，请患者重新缴费",
        "hospital and kiosk have it, the platform does not",
        "look the setl_id up by 5203; if there is none, take the booking back, refund and ask the patient to pay again",
    ),
    Kind.PLATFORM_AMOUNTS: Words(
        "医保平台的金额不同",
        "用 5203 取平台的结算信息，交医保办核对",
        "the platform has other amounts",
        "fetch the platform's settlement by 5203 and have the insurance office compare",
    ),
    Kind.SETTLED_BUT_UNDONE: Words(
        "自助机已撤销并退款，医保平台仍是已结算",
        "用原 msgid 再发 2601 冲正（自助机的观察期内会自动再发）；过后由医保办撤销",
        "undone and refunded by the kiosk, still settled at the platform",
        "reverse it again by 2601 with the same msgid (a watching kiosk does); later the insurance office cancels it",
    ),
    Kind.SETTLED_WITHOUT_KIOSK: Words(
        "医保平台有这台自助机的结算，它的账上没有",
        "核对该机的账本是否完整（kiosk journal verify），由医保办撤销这笔结算",
        "the platform has a settlement of this kiosk, which has no row of it",
        "check that kiosk's journal (kiosk journal verify); the insurance office cancels the settlement",
    ),
    Kind.PLATFORM_UNEXPLAINED: Words(
        "医保平台说不一致，没有说明是哪一种",
        "交医保办查询",
        "the platform says that it differs and not how",
        "ask the insurance office",
    ),
    Kind.PHONE_TAKEN_BACK: Words(
        "手机上开头、在自助机办完，医保平台已没有这笔手机结算",
        "向移动支付中心查这张订单（6301）；已退的，医院撤销入账、退还自付；不要用 2601 冲正",
        "begun on a phone and finished here; the platform no longer has the phone's settlement",
        "ask the mobile payment centre about the order (6301); if it was taken back, the hospital takes its booking "
        "back and the own part is refunded; no 2601",
    ),
    Kind.PHONE_UNFINISHED: Words(
        "手机上已结医保部分，自助机上没有办完，医院没有入账",
        "请患者在手机、自助机或窗口办完，或在手机上退掉（6203）；不要用 2601 冲正",
        "the phone settled the insurance's part; it was not finished here, and the hospital has not booked it",
        "the patient finishes it on the phone, here or at a window, or takes it back on the phone (6203); no 2601",
    ),
    Kind.SETTLED_TWICE: Words(
        "同一笔费用自助机结算了，转到手机后手机也结算了",
        "由医保办撤销其中一笔（手机的用 6203，自助机的在窗口撤销），退还患者多付的自付；不要用 2601 冲正",
        "one bill was settled at the kiosk, and on the phone that it had been handed to as well",
        "the insurance office undoes one of the two (the phone's by 6203, the kiosk's at a window), whose own part "
        "goes back to the patient; no 2601",
    ),
    Kind.NOT_PAID: Words(
        "自助机记为已收款，支付平台没有这笔",
        "向支付服务商查询该订单",
        "collected by the kiosk, unknown to the payment service",
        "ask the payment service about the order",
    ),
    Kind.PAID_OTHERWISE: Words(
        "支付平台收到的金额不同",
        "向支付服务商查询该订单，多收的退还",
        "the payment service took another amount",
        "ask the payment service about the order and give back what is too much",
    ),
    Kind.CHANNEL_OTHERWISE: Words(
        "金额相同，医院或支付平台记的付款订单、渠道或收费员（终端）与自助机不同",
        "按支付平台的订单更正付款渠道，按自助机更正收费员，免得收费员的账对不上",
        "the sum is right, but hospital or payment service has another order, channel or cashier (terminal) than the "
        "kiosk",
        "correct the channel by the payment service's order and the cashier by the kiosk, so that each cashier's sum "
        "is right",
    ),
    Kind.NOT_GIVEN_BACK: Words(
        "自助机记为已退款，支付平台没有按这个退款号退",
        "先查窗口有没有退过、支付平台在别的日子或用别的退款号有没有退过；都没有，才用同一退款号再次退款",
        "given back by the kiosk's books, not by the payment service under this key",
        "first find out whether a window paid it out, or the payment service gave it back on another day or under "
        "another key; only if nobody did, ask for the refund again under the same key",
    ),
    Kind.GIVEN_BACK_UNKNOWN: Words(
        "支付平台退了款，结算仍然有效",
        "确认是否有意退款；不是则请患者到窗口补缴",
        "the payment service gave money back, the settlement stands",
        "find out who refunded; if nobody meant to, the patient pays at a window",
    ),
    Kind.REFUND_STILL_BOOKED: Words(
        "自助机按审批退了费，医院没有撤销原来的入账",
        "医院按退费审批撤销原来的入账，药房、检查停止执行",
        "refunded by the kiosk under an approval; the hospital still has the old booking",
        "the hospital takes the old booking back under its approval; pharmacy and departments stop",
    ),
    Kind.REFUND_STILL_SETTLED: Words(
        "自助机按审批退了费，医保平台原来的结算仍在",
        "用 5203 查原结算号；仍在的由医保办撤销（2208），不要用 2601 冲正",
        "refunded by the kiosk under an approval; the old settlement still stands at the platform",
        "look the old setl_id up by 5203; if it stands, the insurance office cancels it (2208); no 2601",
    ),
    Kind.REFUND_WITHOUT_KIOSK: Words(
        "医院记了这台自助机的退费，它的账上没有",
        "核对该机的账本是否完整（kiosk journal verify），查支付平台是否真的退了",
        "the hospital has a refund from this kiosk, which has no row of it",
        "check that kiosk's journal (kiosk journal verify), and whether the payment service really gave it back",
    ),
    Kind.REFUND_UNKNOWN: Words(
        "支付平台退了自助机以前收的一笔款，没有哪台自助机办过这次退款",
        "按订单号查是谁退的：医院撤销了那笔入账的，核对金额；是以前一天没退完的预交金的，把那一天再结一次；"
        "都不是的，问支付服务商，退错的请患者补缴",
        "the payment service gave back what a kiosk had collected before, and no kiosk knows of this refund",
        "find out by the order who refunded: where the hospital took the booking back, compare the amounts; where it "
        "is what an earlier day still owed of a deposit, close that day again; else ask the payment service, and if "
        "nobody meant to, the patient pays at a window",
    ),
    Kind.STILL_GIVING_BACK: Words(
        "已结算入账，预交金的余款（或应退的钱）还没有全部退完",
        "在该机运行 kiosk journal recover；仍退不了的由人工处理后 kiosk journal resolve",
        "settled and booked, but what is left of deposits, or is owed back, has not all gone back",
        "run kiosk journal recover there; what cannot go back is resolved by staff with kiosk journal resolve",
    ),
    Kind.RETURN_OTHERWISE: Words(
        "自助机退的钱，医院记的不同或没有记",
        "以支付平台的退款为准更正医院的账：记成窗口退的不要再退一次",
        "what the kiosk gave back is written down otherwise at the hospital, or not at all",
        "correct the hospital's books by the payment service's refund; what it has as a window's must not be "
        "paid again",
    ),
    Kind.PAID_WITHOUT_KIOSK: Words(
        "支付平台收了钱，自助机没有这笔收款",
        "先查窗口有没有退过；没有，才退还给付款人",
        "the payment service took money that no kiosk knows of",
        "first find out whether a window gave it back; only if it did not, give it back to whoever paid",
    ),
    Kind.NOT_REPORTED: Words(
        "这台自助机当天的账还没有交来（或没有交全），先不判断",
        "该机开机后运行 kiosk journal export，收到后把这一天再结一次",
        "this kiosk's accounts of the day are not there yet, or not to its end: nothing is said of it",
        "once the kiosk is on, run kiosk journal export there and close this day again",
    ),
}
