"""2201 to 2205: a visit is registered, described, and its fee lines are uploaded or withdrawn.

The hospital knows doctor, diagnosis and codes; the kiosk adds who the person is. So each body is a hospital's part, and
the whole.
"""

from __future__ import annotations

from typing import Any, cast

from pydantic import model_validator

from settlement.wire.codec import Message
from settlement.wire.values import (
    Amount,
    Code3,
    Code6,
    Count2,
    Day,
    Days,
    Loose,
    MaybeAmount,
    MaybePrice,
    MaybeRatio,
    Quantity,
    Rows,
    Text,
    Text20,
    Text30,
    Text50,
    Text100,
    Text150,
    Text200,
    Text500,
    Text1000,
    TextOrEmpty,
    Timestamp,
    UnitPrice,
)

ALL_UNSETTLED = "0000"
"""chrg_bchno of a 2205 that withdraws every line not yet settled."""


class Part(Message):
    """What a hospital gives of a body. Its system writes "" where it has nothing to say; that is left out."""

    @model_validator(mode="before")
    @classmethod
    def _without_nothing(cls, told: object) -> object:
        if not isinstance(told, dict):
            return told
        fields = cast("dict[str, Any]", told)
        return {name: value for name, value in fields.items() if value != ""}


class RegisterPart(Part):
    """2201 as the hospital gives it."""

    begntime: Timestamp
    ipt_otp_no: Text30
    atddr_no: Text30
    dr_name: Text50
    dept_code: Text30
    dept_name: Text100
    caty: Code6


class Register(RegisterPart):
    psn_no: Text30
    insutype: Code6
    mdtrt_cert_type: Code3
    mdtrt_cert_no: Text50


class RegisterInput(Message):
    """2201. Not keyed by anything of ours: a lost reply is undone by 2202 with the ipt_otp_no."""

    data: Register


class Registered(Message):
    mdtrt_id: Text
    psn_no: TextOrEmpty = ""
    ipt_otp_no: TextOrEmpty = ""


class RegisterOutput(Message):
    data: Registered


class Deregister(Message):
    """`mdtrt_id` may be empty when the reply to 2201 was lost; the platform then finds the visits by ipt_otp_no."""

    psn_no: Text30
    mdtrt_id: str = ""
    ipt_otp_no: Text30


class DeregisterInput(Message):
    """2202."""

    data: Deregister


class VisitPart(Part):
    """mdtrtinfo of 2203 and 2203A as the hospital gives it."""

    med_type: Code6
    begntime: Timestamp
    main_cond_dscr: Text1000 | None = None
    dise_codg: Text30 | None = None
    dise_name: Text500 | None = None
    birctrl_type: Code6 | None = None
    birctrl_matn_date: Day | None = None
    matn_type: Code6 | None = None
    geso_val: Count2 | None = None


class Visit(VisitPart):
    mdtrt_id: Text30
    psn_no: Text30


class PlainDiagnosis(Part):
    """One row of 2203 diseinfo."""

    diag_type: Code3
    diag_srt_no: Count2
    diag_code: Text20
    diag_name: Text100
    diag_dept: Text50
    dise_dor_no: Text30
    dise_dor_name: Text50
    diag_time: Timestamp
    vali_flag: Code3 = "1"


class DiagnosisPart(PlainDiagnosis):
    """One row of 2203A diseinfo as the hospital gives it."""

    maindiag_flag: Code3
    adm_cond: Text500 | None = None


class Diagnosis(DiagnosisPart):
    psn_no: Text30
    mdtrt_id: Text30 | None = None


class PlainDescribeInput(Message):
    """2203, where a province knows no 2203A. Answered without output."""

    mdtrtinfo: Visit
    diseinfo: tuple[PlainDiagnosis, ...]


class DescribeInput(Message):
    """2203A. Answered without output."""

    mdtrtinfo: Visit
    diseinfo: tuple[Diagnosis, ...]


class FeePart(Part):
    """One row of 2204 feedetail as the hospital gives it. `feedetl_sn` is unique in the institution for all time."""

    feedetl_sn: Text30
    chrg_bchno: Text30
    dise_codg: Text30 | None = None
    rxno: Text30 | None = None
    rx_circ_flag: Code3
    fee_ocur_time: Timestamp
    med_list_codg: Text50
    medins_list_codg: Text150
    det_item_fee_sumamt: Amount
    cnt: Quantity
    pric: UnitPrice
    sin_dos_dscr: Text200 | None = None
    used_frqu_dscr: Text200 | None = None
    prd_days: Days | None = None
    medc_way_dscr: Text200 | None = None
    bilg_dept_codg: Text30
    bilg_dept_name: Text100
    bilg_dr_codg: Text30
    bilg_dr_name: Text50
    acord_dept_codg: Text30 | None = None
    acord_dept_name: Text100 | None = None
    orders_dr_code: Text30 | None = None
    orders_dr_name: Text50 | None = None
    hosp_appr_flag: Code3
    tcmdrug_used_way: Code6 | None = None
    etip_flag: Code3 | None = None
    etip_hosp_code: Text30 | None = None
    dscg_tkdrug_flag: Code3 | None = None
    matn_fee_flag: Code6 | None = None


class Fee(FeePart):
    mdtrt_id: Text30
    psn_no: Text30


class UploadInput(Message):
    """2204."""

    feedetail: tuple[Fee, ...]


class FeeSplit(Message):
    """How the platform split one line; the four parts add up to the line (identity 1)."""

    feedetl_sn: TextOrEmpty = ""
    det_item_fee_sumamt: Amount
    cnt: Quantity
    pric: UnitPrice
    pric_uplmt_amt: MaybePrice = None
    selfpay_prop: MaybeRatio = None
    fulamt_ownpay_amt: MaybeAmount = None
    overlmt_amt: MaybeAmount = None
    preselfpay_amt: MaybeAmount = None
    inscp_scp_amt: MaybeAmount = None
    chrgitm_lv: TextOrEmpty = ""
    med_chrgitm_type: TextOrEmpty = ""
    bas_medn_flag: Loose = ""
    hi_nego_drug_flag: Loose = ""
    chld_medc_flag: Loose = ""
    list_sp_item_flag: Loose = ""
    lmt_used_flag: Loose = ""
    drt_reim_flag: Loose = ""
    memo: Loose = ""


class UploadOutput(Message):
    """Of 2204 and 2301."""

    result: Rows[FeeSplit] = ()


class Withdraw(Message):
    mdtrt_id: Text30
    chrg_bchno: Text30
    psn_no: Text30


class WithdrawInput(Message):
    """2205; chrg_bchno `ALL_UNSETTLED` for every line not yet settled. Answered without output."""

    data: Withdraw
