"""2001, 1901 and 5301 to 5304: what a person is entitled to, what is on file, and the codes in force."""

from __future__ import annotations

from typing import Annotated, Any, cast

from pydantic import StringConstraints, model_validator

from settlement.wire.codec import Message
from settlement.wire.values import (
    Code3,
    Code6,
    Day,
    LooseNumber,
    Rows,
    Text,
    Text12,
    Text30,
    Text500,
    TextOrEmpty,
    Timestamp,
)

_SPELT = {
    "parent_value": "parentValue",
    "vali_flag": "valiFlag",
    "create_user": "createUser",
    "create_date": "createDate",
}


class BenefitQuery(Message):
    psn_no: Text30
    insutype: Code6
    fixmedins_code: Text12
    med_type: Code6
    begntime: Timestamp
    endtime: Timestamp | None = None
    dise_codg: Text30 | None = None
    dise_name: Text500 | None = None
    oprn_oprt_code: Text30 | None = None
    oprn_oprt_name: Text500 | None = None
    matn_type: Code6 | None = None
    birctrl_type: Code6 | None = None


class BenefitInput(Message):
    """2001."""

    data: BenefitQuery


class Benefit(Message):
    """`trt_enjymnt_flag` "1": this fund pays for such a visit."""

    psn_no: TextOrEmpty = ""
    trt_chk_type: TextOrEmpty = ""
    fund_pay_type: Text
    trt_enjymnt_flag: Text
    begndate: TextOrEmpty = ""
    enddate: TextOrEmpty = ""
    trt_chk_rslt: TextOrEmpty = ""


class BenefitOutput(Message):
    trtinfo: Rows[Benefit] = ()


class DictionaryQuery(Message):
    """`type` is a dictionary's name, `date` the day it shall be in force; parentValue "" for one without levels."""

    type: Text30
    parentValue: Annotated[str, StringConstraints(max_length=10)]
    admdvs: Code6
    date: Day
    valiFlag: Code3


class DictionaryInput(Message):
    """1901."""

    data: DictionaryQuery


class DictionaryRow(Message):
    """Platforms write `parentValue` or `parent_value`, and its like."""

    type: TextOrEmpty = ""
    label: Text
    value: Text
    parentValue: TextOrEmpty = ""
    sort: LooseNumber = None
    valiFlag: TextOrEmpty = ""
    createUser: TextOrEmpty = ""
    createDate: TextOrEmpty = ""
    version: LooseNumber = None

    @model_validator(mode="before")
    @classmethod
    def _one_spelling(cls, told: object) -> object:
        if not isinstance(told, dict):
            return told
        rows = cast("dict[str, Any]", told)
        return {_SPELT.get(name, name): value for name, value in rows.items()}


class DictionaryOutput(Message):
    list: Rows[DictionaryRow] = ()


class PersonNumberQuery(Message):
    psn_no: Text30


class PersonNumberInput(Message):
    """5301."""

    data: PersonNumberQuery


class ChronicDisease(Message):
    opsp_dise_code: Text
    opsp_dise_name: TextOrEmpty = ""
    begndate: TextOrEmpty = ""
    enddate: TextOrEmpty = ""


class ChronicDiseaseOutput(Message):
    feedetail: Rows[ChronicDisease] = ()


class OwnHospitalQuery(Message):
    psn_no: Text30
    biz_appy_type: Code3 | None = None


class OwnHospitalInput(Message):
    """5302."""

    data: OwnHospitalQuery


class OwnHospital(Message):
    psn_no: TextOrEmpty = ""
    insutype: TextOrEmpty = ""
    fix_srt_no: TextOrEmpty = ""
    fixmedins_code: TextOrEmpty = ""
    fixmedins_name: TextOrEmpty = ""
    begndate: TextOrEmpty = ""
    enddate: TextOrEmpty = ""
    memo: TextOrEmpty = ""


class OwnHospitalOutput(Message):
    """The node's name is remembered, not confirmed."""

    psnfixmedin: Rows[OwnHospital] = ()


class PeriodQuery(Message):
    psn_no: Text30 | None = None
    begntime: Timestamp
    endtime: Timestamp


class PeriodInput(Message):
    """5303 and 5304."""

    data: PeriodQuery


class Stay(Message):
    """One visit to a hospital that is not over."""

    mdtrt_id: Text
    psn_no: TextOrEmpty = ""
    psn_cert_type: TextOrEmpty = ""
    certno: TextOrEmpty = ""
    psn_name: TextOrEmpty = ""
    gend: TextOrEmpty = ""
    brdy: TextOrEmpty = ""
    age: LooseNumber = None
    insutype: TextOrEmpty = ""
    begndate: TextOrEmpty = ""
    med_type: TextOrEmpty = ""
    ipt_otp_no: TextOrEmpty = ""
    out_flag: TextOrEmpty = ""


class StayOutput(Message):
    data: Rows[Stay] = ()


class Referral(Message):
    insutype: TextOrEmpty = ""
    dcla_souc: TextOrEmpty = ""
    psn_no: TextOrEmpty = ""
    psn_cert_type: TextOrEmpty = ""
    certno: TextOrEmpty = ""
    psn_name: TextOrEmpty = ""
    gend: TextOrEmpty = ""
    brdy: TextOrEmpty = ""
    tel: TextOrEmpty = ""
    addr: TextOrEmpty = ""
    insu_optins: TextOrEmpty = ""
    emp_name: TextOrEmpty = ""
    diag_code: TextOrEmpty = ""
    diag_name: TextOrEmpty = ""
    dise_cond_dscr: TextOrEmpty = ""
    reflin_medins_no: TextOrEmpty = ""
    reflin_medins_name: TextOrEmpty = ""
    out_flag: TextOrEmpty = ""
    refl_date: TextOrEmpty = ""
    refl_rea: TextOrEmpty = ""
    begndate: TextOrEmpty = ""
    enddate: TextOrEmpty = ""
    hosp_agre_refl_flag: TextOrEmpty = ""
    opter_id: TextOrEmpty = ""
    opter_name: TextOrEmpty = ""
    opt_time: TextOrEmpty = ""


class ReferralOutput(Message):
    """The node's name is remembered, not confirmed."""

    refmedin: Rows[Referral] = ()
