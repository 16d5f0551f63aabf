"""9001 sign-in and 1101 who the person is."""

from __future__ import annotations

from decimal import Decimal

from settlement.wire.codec import Message
from settlement.wire.values import Amount, Text, Text3, Text6, Text20, Text32, Text50, TextOrEmpty, Timestamp


class SignIn(Message):
    opter_no: Text20
    mac: Text20 | None = None
    ip: Text20


class SignInInput(Message):
    """9001: one sign_no per terminal and calendar day."""

    signIn: SignIn  # noqa: N815 - the national name


class SignedIn(Message):
    sign_no: Text
    sign_time: TextOrEmpty = ""


class SignInOutput(Message):
    signinoutb: SignedIn


class PersonQuery(Message):
    """`card_sn` (卡识别码) is required with a social security card, mdtrt_cert_type 03."""

    mdtrt_cert_type: Text3
    mdtrt_cert_no: Text50
    card_sn: Text32 | None = None
    begntime: Timestamp | None = None
    psn_cert_type: Text6 | None = None
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
    naty: TextOrEmpty = ""
    brdy: TextOrEmpty = ""
    age: Decimal | None = None


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
    insuinfo: tuple[InsuInfo, ...] = ()
    idetinfo: tuple[IdetInfo, ...] = ()
