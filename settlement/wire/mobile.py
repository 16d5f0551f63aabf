"""6201 to 6401: bills paid by the insurance from a telephone, at the mobile payment centre.

The centre signs and encrypts in a way of its own, writes names in its own spelling, and takes bodies without a node.
HTTP 200 and a success in the envelope are not yet a payment: `ordStas` says what became of the order. No field list
with lengths was at hand; those here are of the national fields of the same meaning.
"""

from __future__ import annotations

from settlement.wire.codec import Message
from settlement.wire.values import (
    Amount,
    Code,
    Code1,
    Code3,
    Code6,
    Count2,
    Loose,
    MaybeAmount,
    Quantity,
    Text,
    Text6,
    Text14,
    Text20,
    Text30,
    Text50,
    Text100,
    Text150,
    Text500,
    Text1000,
    TextOrEmpty,
    Timestamp,
    UnitPrice,
    Words,
)

UPLOAD = "/org/local/api/hos/uldFeeInfo"
ORDER = "/org/local/api/hos/pay_order"
REFUND = "/org/local/api/hos/refund_Order"
QUERY = "/org/local/api/hos/query_order_info"
WITHDRAW = "/org/local/api/hos/revoke_order"
PATHS = {"6201": UPLOAD, "6202": ORDER, "6203": REFUND, "6301": QUERY, "6401": WITHDRAW}


class MobileEnvelope(Message):
    """Around the sealed content of a reply, and signed with it. `code` 0 is a success; a refusal's content is empty."""

    code: int
    message: TextOrEmpty = ""


class MobileFee(Message):
    feedetlSn: Text30
    mdtrtId: Text30 | None = None
    psnNo: Text30 | None = None
    chrgBchno: Text30 | None = None
    rxCircFlag: Code3 | None = None
    feeOcurTime: Timestamp
    medListCodg: Text50
    medinsListCodg: Text150
    detItemFeeSumamt: Amount
    cnt: Quantity
    pric: UnitPrice
    bilgDeptCodg: Text30
    bilgDeptName: Text100
    bilgDrCodg: Text30
    bilgDrName: Text50
    hospApprFlag: Code3 | None = None


class MobileDiagnosis(Message):
    diagType: Code3
    diagSrtNo: Count2
    diagCode: Text20
    diagName: Text100
    diagDept: Text50
    diseDorNo: Text30
    diseDorName: Text50
    diagTime: Timestamp
    valiFlag: Code3


class MobileUploadInput(Message):
    """6201. Either `ecToken`, or `payAuthNo` with `mdtrtId`."""

    orgCodg: Words
    psnNo: Text30
    insutype: Code6
    medOrgOrd: Words
    begntime: Timestamp
    idNo: Words
    userName: Words
    idType: Code
    insuCode: Text6
    iptOtpNo: Text30
    ecToken: Words | None = None
    payAuthNo: Words | None = None
    mdtrtId: Text30 | None = None
    atddrNo: Text30 | None = None
    drName: Text50 | None = None
    deptCode: Text30
    deptName: Text100
    caty: Code6
    medType: Code6
    feeType: Code
    medfeeSumamt: Amount
    acctUsedFlag: Code1 | None = None
    mainCondDscr: Text1000 | None = None
    diseCodg: Text30 | None = None
    diseName: Text500 | None = None
    psnSetlway: Code6
    chrgBchno: Text30
    pubHospRfomFlag: Code3
    mdtrtCertType: Code3 | None = None
    uldLatlnt: Words | None = None
    fulamtOwnpayAmt: Amount | None = None
    overlmtSelfpay: Amount | None = None
    preselfpayAmt: Amount | None = None
    inscpScpAmt: Amount | None = None
    feedetailList: tuple[MobileFee, ...]
    diseinfoList: tuple[MobileDiagnosis, ...] = ()


class MobileUploadOutput(Message):
    """Both are secrets of the order: whoever has them may pay or withdraw it."""

    payOrdId: Text
    payToken: Text


class MobileOrderInput(Message):
    """6202."""

    payAuthNo: Words
    payOrdId: Words
    payToken: Words
    orgCodg: Words
    orgBizSer: Words
    chrgBchno: Text30
    feeType: Code
    mdtrtId: Text30
    acctUsedFlag: Code1 | None = None


class MobileOrder(Message):
    """Of 6202 and 6301. `ordStas` 0–2 in work, 3–6 may be settled, 7–13 cancelled, 14–16 failed; amounts may be absent
    while in work.
    """

    payOrdId: Text
    ordStas: Text
    feeSumamt: MaybeAmount = None
    ownPayAmt: MaybeAmount = None
    psnAcctPay: MaybeAmount = None
    fundPay: MaybeAmount = None


class MobileRefundInput(Message):
    """6203. `refdType`: ALL everything, CASH the own part, HI the insurance's. One of `ecToken` and `payAuthNo`."""

    payOrdId: Words
    appRefdSn: Words
    appRefdTime: Text14
    refdType: Code
    totlRefdAmt: Amount
    cashRefdAmt: Amount
    psnAcctRefdAmt: Amount | None = None
    fundRefdAmt: Amount | None = None
    ecToken: Words | None = None
    payAuthNo: Words | None = None


class MobileRefundOutput(Message):
    """`refStatus` SUCC, FAIL, or EXP for an outcome that is not known."""

    refStatus: Text


class MobileOrderNumberInput(Message):
    """6301 and 6401."""

    payOrdId: Words
    orgCodg: Words
    payToken: Words
    idNo: Words
    userName: Words
    idType: Code


class MobileOrderOutput(MobileOrder):
    """6301."""

    setlType: TextOrEmpty = ""
    callType: TextOrEmpty = ""
    medOrgOrd: TextOrEmpty = ""
    traceTime: TextOrEmpty = ""
    revsToken: TextOrEmpty = ""


class MobileWithdrawOutput(Message):
    """6401."""

    success: Loose = ""
    message: TextOrEmpty = ""
