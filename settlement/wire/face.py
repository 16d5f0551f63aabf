"""The certified terminal's face messages: it compares and authorises; neither score nor picture comes here."""

from __future__ import annotations

from settlement.wire.codec import Message
from settlement.wire.values import Amount, Code5, Loose, Text, Text20, Text30, Text40, Text64, TextOrEmpty, Words


class FaceInput(Message):
    """cn.nhsa.ec.auth."""

    orgId: Text40
    businessType: Code5
    operatorId: Text20
    operatorName: Text30 | None = None
    officeId: Text20 | None = None
    officeName: Text30 | None = None
    outBizNo: Text64
    extData: Words | None = None


class FaceOutput(Message):
    authNo: Text


class FaceHolderInput(Message):
    """cn.nhsa.auth.check: whose face it was."""

    orgId: Text40
    authNo: Words
    outBizNo: Text64
    businessType: Code5
    operatorId: Text20
    operatorName: Text30 | None = None
    officeId: Text20 | None = None
    officeName: Text30 | None = None


class FaceHolder(Message):
    idNo: Text
    userName: Text
    idType: TextOrEmpty = ""
    ecToken: Text
    insuOrg: TextOrEmpty = ""
    ecIndexNo: TextOrEmpty = ""
    gender: Loose = ""
    birthday: Loose = ""
    nationality: Loose = ""
    email: Loose = ""
    chnlId: Loose = ""
    ecQrCode: Loose = ""
    authNo: TextOrEmpty = ""


class SettledNoticeInput(Message):
    """cn.nhsa.settle.notify: the terminal shows what was settled, `medicalSettleState` SUCCESS or FAIL."""

    orgId: Text40
    outBizNo: Text64
    medicalSettleState: Words
    authNo: Words | None = None
    operatorId: Text20 | None = None
    operatorName: Text30 | None = None
    totalFee: Amount | None = None
    bizType: Words | None = None
    idNo: Words | None = None
    userName: Words | None = None
    setlTime: Words | None = None
    hospitalName: Words | None = None
    officeId: Text20 | None = None
    officeName: Text30 | None = None
    doctorName: Words | None = None
    medicalSettleNo: Words | None = None
    ownAmt: Amount | None = None
    hifAmt: Amount | None = None
    acctAmt: Amount | None = None
    hifpAmt: Amount | None = None
    hifmiAmt: Amount | None = None
    cvlservAmt: Amount | None = None
    maAmt: Amount | None = None
    balance: Amount | None = None
    drugList: Words | None = None
