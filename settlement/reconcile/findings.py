"""What can be wrong between two parties' books: the catalogue of differences, each with what to do about it.

The act is a proposal to a person. Nothing in the reconciliation moves money: what can be undone is undone by the kiosk
(`kiosk journal recover`) or by staff, who write down how (`kiosk journal resolve`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from kiosk.domain.money import Money


class Words(NamedTuple):
    """What is so, and what to do, in both languages of hospital staff."""

    zh: str
    act_zh: str
    en: str
    act_en: str


class Kind(StrEnum):
    """One way in which two of the four disagree about one settlement or one order."""

    STILL_OPEN = "still_open"
    KIOSK_ONLY = "kiosk_only"
    NOT_BOOKED = "not_booked"
    BOOKED_TWICE = "booked_twice"
    BOOKED_BUT_UNDONE = "booked_but_undone"
    BOOKED_WITHOUT_KIOSK = "booked_without_kiosk"
    HOSPITAL_AMOUNTS = "hospital_amounts"
    PROMISED_OTHERWISE = "promised_otherwise"
    CANCELLED_ELSEWHERE = "cancelled_elsewhere"
    PLATFORM_MISSING = "platform_missing"
    PLATFORM_AMOUNTS = "platform_amounts"
    SETTLED_BUT_UNDONE = "settled_but_undone"
    SETTLED_WITHOUT_KIOSK = "settled_without_kiosk"
    PLATFORM_UNEXPLAINED = "platform_unexplained"
    PHONE_TAKEN_BACK = "phone_taken_back"
    PHONE_UNFINISHED = "phone_unfinished"
    NOT_PAID = "not_paid"
    PAID_OTHERWISE = "paid_otherwise"
    NOT_GIVEN_BACK = "not_given_back"
    GIVEN_BACK_UNKNOWN = "given_back_unknown"
    PAID_WITHOUT_KIOSK = "paid_without_kiosk"


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
    Kind.CANCELLED_ELSEWHERE: Words(
        "结算已在别处（窗口）撤销",
        "确认自付已退给患者",
        "cancelled elsewhere since (at a window)",
        "make sure that the own part went back to the patient",
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
    Kind.NOT_GIVEN_BACK: Words(
        "自助机记为已退款，支付平台没有退",
        "用同一退款号再次退款",
        "given back by the kiosk's books, not by the payment service",
        "ask for the refund again under the same key",
    ),
    Kind.GIVEN_BACK_UNKNOWN: Words(
        "支付平台退了款，结算仍然有效",
        "确认是否有意退款；不是则请患者到窗口补缴",
        "the payment service gave money back, the settlement stands",
        "find out who refunded; if nobody meant to, the patient pays at a window",
    ),
    Kind.PAID_WITHOUT_KIOSK: Words(
        "支付平台收了钱，自助机没有这笔收款",
        "退还给付款人",
        "the payment service took money that no kiosk knows of",
        "give it back to whoever paid",
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference. `sid` is None only where no party wrote one down.

    `amounts` are by party and field, `kiosk.psn_cash_pay`, `payment.amount`: what each of them says.
    """

    kind: Kind
    terminal: str
    sid: str | None = None
    setl_id: str = ""
    msgid: str = ""
    order: str = ""
    amounts: tuple[tuple[str, Money], ...] = ()

    @property
    def words(self) -> Words:
        return WORDS[self.kind]
