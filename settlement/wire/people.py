"""9001 and 9002 signing in and out, and 1101 who the person is."""

from __future__ import annotations

from pydantic import Field

from settlement.wire.codec import Message
from settlement.wire.values import (
    Amount,
    Code3,
    Code6,
    Loose,
    LooseNumber,
    Rows,
    Text,
    Text20,
    Text30,
    Text32,
    Text50,
    TextOrEmpty,
    Timestamp,
)


class SignIn(Message):
    opter_no: Text20
    mac: Text20 | None = None
    ip: Text20


class SignInInput(Message):
    """9001: one sign_no per terminal and calendar day."""

    signIn: SignIn


class SignedIn(Message):
    sign_no: Text
    sign_time: TextOrEmpty = ""


class SignInOutput(Message):
    signinoutb: SignedIn


class SignOut(Message):
    sign_no: Text30 | None = None
    opter_no: Text20 | None = None


class SignOutInput(Message):
    """9002."""

    signOut: SignOut


class SignedOut(Message):
    sign_time: TextOrEmpty = ""


class SignOutOutput(Message):
    signoutoutb: SignedOut = Field(default_factory=SignedOut)


class PersonQuery(Message):
    """`card_sn` (卡识别码) is required with a social security card, mdtrt_cert_type 03."""

    mdtrt_cert_type: Code3
    mdtrt_cert_no: Text50
    card_sn: Text32 | None = None
    begntime: Timestamp | None = None
    psn_cert_type: Code6 | None = None
    certno: Text50 | None = None
    psn_name: Text50 | None = None


class PersonInput(Message):
    """1101."""

    data: PersonQuery


class BaseInfo(Message):
    psn_no: Text
    psn_cert_type: TextOrEmpty = ""
    certno: Text
    psn_name: Text
    gend: TextOrEmpty = ""
    naty: Loose = ""
    brdy: TextOrEmpty = ""
    age: LooseNumber = None


class InsuInfo(Message):
    """One insurance of the person; real replies bear up to six rows, ended ones among them. `balc` is the account
    before paying.
    """

    balc: Amount
    insutype: Text
    psn_type: TextOrEmpty = ""
    psn_insu_stas: Text
    psn_insu_date: TextOrEmpty = ""
    paus_insu_date: TextOrEmpty = ""
    cvlserv_flag: TextOrEmpty = ""
    insuplc_admdvs: Text
    emp_name: TextOrEmpty = ""


class IdetInfo(Message):
    """A standing that changes benefits, such as 低保."""

    psn_idet_type: Text
    psn_type_lv: TextOrEmpty = ""
    memo: TextOrEmpty = ""
    begntime: TextOrEmpty = ""
    endtime: TextOrEmpty = ""


class PersonOutput(Message):
    baseinfo: BaseInfo
    insuinfo: Rows[InsuInfo] = ()
    idetinfo: Rows[IdetInfo] = ()
