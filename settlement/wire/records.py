"""5201, 5202 and 5204 to 5206: a person's visits, diagnoses, charged lines, medicines and the year's sums so far."""

from __future__ import annotations

from settlement.wire.codec import Message
from settlement.wire.values import (
    Amount,
    Code6,
    LooseNumber,
    MaybeAmount,
    MaybePrice,
    MaybeQuantity,
    MaybeRatio,
    Rows,
    Text,
    Text6,
    Text30,
    TextOrEmpty,
    Timestamp,
)


class VisitsQuery(Message):
    psn_no: Text30
    begntime: Timestamp
    endtime: Timestamp
    med_type: Code6
    mdtrt_id: Text30 | None = None


class VisitsInput(Message):
    """5201."""

    data: VisitsQuery


class PastVisit(Message):
    mdtrt_id: Text
    psn_no: TextOrEmpty = ""
    psn_cert_type: TextOrEmpty = ""
    certno: TextOrEmpty = ""
    psn_name: TextOrEmpty = ""
    gend: TextOrEmpty = ""
    naty: TextOrEmpty = ""
    brdy: TextOrEmpty = ""
    age: LooseNumber = None
    coner_name: TextOrEmpty = ""
    tel: TextOrEmpty = ""
    insutype: TextOrEmpty = ""
    psn_type: TextOrEmpty = ""
    maf_psn_flag: TextOrEmpty = ""
    cvlserv_flag: TextOrEmpty = ""
    flxempe_flag: TextOrEmpty = ""
    nwb_flag: TextOrEmpty = ""
    insu_optins: TextOrEmpty = ""
    emp_name: TextOrEmpty = ""
    begntime: TextOrEmpty = ""
    endtime: TextOrEmpty = ""
    mdtrt_cert_type: TextOrEmpty = ""
    med_type: TextOrEmpty = ""
    ars_year_ipt_flag: TextOrEmpty = ""
    pre_pay_flag: TextOrEmpty = ""
    ipt_otp_no: TextOrEmpty = ""
    medrcdno: TextOrEmpty = ""
    atddr_no: TextOrEmpty = ""
    chfpdr_name: TextOrEmpty = ""
    adm_dept_codg: TextOrEmpty = ""
    adm_dept_name: TextOrEmpty = ""
    adm_bed: TextOrEmpty = ""
    dscg_maindiag_code: TextOrEmpty = ""
    dscg_maindiag_name: TextOrEmpty = ""
    dscg_dept_codg: TextOrEmpty = ""
    dscg_dept_name: TextOrEmpty = ""
    dscg_bed: TextOrEmpty = ""
    dscg_way: TextOrEmpty = ""
    main_cond_dscr: TextOrEmpty = ""
    dise_codg: TextOrEmpty = ""
    dise_name: TextOrEmpty = ""
    oprn_oprt_code: TextOrEmpty = ""
    oprn_oprt_name: TextOrEmpty = ""
    otp_diag_info: TextOrEmpty = ""
    inhosp_stas: TextOrEmpty = ""
    die_date: TextOrEmpty = ""
    ipt_days: LooseNumber = None
    fpsc_no: TextOrEmpty = ""
    matn_type: TextOrEmpty = ""
    birctrl_type: TextOrEmpty = ""
    latechb_flag: TextOrEmpty = ""
    geso_val: LooseNumber = None
    fetts: LooseNumber = None
    fetus_cnt: LooseNumber = None
    pret_flag: TextOrEmpty = ""
    birctrl_matn_date: TextOrEmpty = ""
    cop_flag: TextOrEmpty = ""
    opter_id: TextOrEmpty = ""
    opter_name: TextOrEmpty = ""
    opt_time: TextOrEmpty = ""
    memo: TextOrEmpty = ""


class VisitsOutput(Message):
    mdtrtinfo: Rows[PastVisit] = ()


class DiagnosesQuery(Message):
    mdtrt_id: Text30
    psn_no: Text30


class DiagnosesInput(Message):
    """5202."""

    data: DiagnosesQuery


class PastDiagnosis(Message):
    diag_info_id: TextOrEmpty = ""
    mdtrt_id: TextOrEmpty = ""
    psn_no: TextOrEmpty = ""
    inout_diag_type: TextOrEmpty = ""
    diag_type: TextOrEmpty = ""
    maindiag_flag: TextOrEmpty = ""
    diag_srt_no: LooseNumber = None
    diag_code: TextOrEmpty = ""
    diag_name: TextOrEmpty = ""
    adm_cond: TextOrEmpty = ""
    diag_dept: TextOrEmpty = ""
    dise_dor_no: TextOrEmpty = ""
    dise_dor_name: TextOrEmpty = ""
    diag_time: TextOrEmpty = ""
    opter_id: TextOrEmpty = ""
    opter_name: TextOrEmpty = ""
    opt_time: TextOrEmpty = ""


class DiagnosesOutput(Message):
    diseinfo: Rows[PastDiagnosis] = ()


class FeesQuery(Message):
    psn_no: Text30
    setl_id: Text30 | None = None
    mdtrt_id: Text30


class FeesInput(Message):
    """5204."""

    data: FeesQuery


class ChargedItem(Message):
    """What 5204 and 5205 tell alike of one charged line."""

    feedetl_sn: TextOrEmpty = ""
    rx_drord_no: TextOrEmpty = ""
    med_type: TextOrEmpty = ""
    fee_ocur_time: TextOrEmpty = ""
    cnt: MaybeQuantity = None
    pric: MaybePrice = None
    chrgitm_lv: TextOrEmpty = ""
    hilist_code: TextOrEmpty = ""
    hilist_name: TextOrEmpty = ""
    list_type: TextOrEmpty = ""
    med_list_codg: TextOrEmpty = ""
    medins_list_codg: TextOrEmpty = ""
    medins_list_name: TextOrEmpty = ""
    med_chrgitm_type: TextOrEmpty = ""
    prodname: TextOrEmpty = ""
    spec: TextOrEmpty = ""
    dosform_name: TextOrEmpty = ""
    lmt_used_flag: TextOrEmpty = ""
    hosp_prep_flag: TextOrEmpty = ""
    hosp_appr_flag: TextOrEmpty = ""
    tcmdrug_used_way: TextOrEmpty = ""
    prodplac_type: TextOrEmpty = ""
    bas_medn_flag: TextOrEmpty = ""
    hi_nego_drug_flag: TextOrEmpty = ""
    chld_medc_flag: TextOrEmpty = ""
    etip_flag: TextOrEmpty = ""
    etip_hosp_code: TextOrEmpty = ""
    dscg_tkdrug_flag: TextOrEmpty = ""
    list_sp_item_flag: TextOrEmpty = ""
    matn_fee_flag: TextOrEmpty = ""


class ChargedLine(ChargedItem):
    mdtrt_id: TextOrEmpty = ""
    setl_id: TextOrEmpty = ""
    sin_dos_dscr: TextOrEmpty = ""
    used_frqu_dscr: TextOrEmpty = ""
    prd_days: LooseNumber = None
    medc_way_dscr: TextOrEmpty = ""
    det_item_fee_sumamt: MaybeAmount = None
    pric_uplmt_amt: MaybePrice = None
    selfpay_prop: MaybeRatio = None
    fulamt_ownpay_amt: MaybeAmount = None
    overlmt_amt: MaybeAmount = None
    preselfpay_amt: MaybeAmount = None
    inscp_scp_amt: MaybeAmount = None
    bilg_dept_codg: TextOrEmpty = ""
    bilg_dept_name: TextOrEmpty = ""
    bilg_dr_codg: TextOrEmpty = ""
    bilg_dr_name: TextOrEmpty = ""
    acord_dept_codg: TextOrEmpty = ""
    acord_dept_name: TextOrEmpty = ""
    orders_dr_code: TextOrEmpty = ""
    orders_dr_name: TextOrEmpty = ""
    drt_reim_flag: TextOrEmpty = ""
    memo: TextOrEmpty = ""
    opter_id: TextOrEmpty = ""
    opter_name: TextOrEmpty = ""
    opt_time: TextOrEmpty = ""


class FeesOutput(Message):
    """The rows are the whole output, or stand in a node of that name."""

    output: Rows[ChargedLine] = ()


class MedicinesQuery(Message):
    psn_no: Text30
    begntime: Timestamp
    endtime: Timestamp | None = None


class MedicinesInput(Message):
    """5205."""

    data: MedicinesQuery


class ChronicMedicine(ChargedItem):
    """A medicine that a chronic disease was treated with."""

    psn_no: TextOrEmpty = ""
    fixmedins_code: TextOrEmpty = ""
    fixmedins_name: TextOrEmpty = ""


class MedicinesOutput(Message):
    feedetail: Rows[ChronicMedicine] = ()


class SumsQuery(Message):
    psn_no: Text30
    cum_ym: Text6 | None = None


class SumsInput(Message):
    """5206; without `cum_ym` of all months."""

    data: SumsQuery


class Sum(Message):
    """`cum_type_code` Q0000 is the deductible paid so far, D with a fund's code what that fund paid."""

    insutype: Text
    year: TextOrEmpty = ""
    cum_ym: TextOrEmpty = ""
    cum_type_code: Text
    cum: Amount


class SumsOutput(Message):
    cuminfo: Rows[Sum] = ()
