"""3101: the platform looks a prescription through before it is charged, and names what it doubts."""

from __future__ import annotations

from settlement.wire.codec import Message
from settlement.wire.values import (
    Amount,
    Code3,
    Code30,
    Count4,
    Day,
    MaybeAmount,
    Packs,
    Rows,
    Text3,
    Text6,
    Text10,
    Text20,
    Text30,
    Text50,
    Text100,
    Text200,
    Text500,
    TextOrEmpty,
    Words,
)


class ReviewedOrder(Message):
    rx_id: Text50
    rxno: Text20
    grpno: Text20 | None = None
    long_drord_flag: Text3
    hilist_type: Code3
    chrg_type: Code3
    drord_bhvr: Code3
    hilist_code: Text20
    hilist_name: Text50
    hilist_dosform: Text50 | None = None
    hilist_lv: Text3
    hilist_pric: Amount
    lv1_hosp_item_pric: Amount | None = None
    lv2_hosp_item_pric: Amount | None = None
    lv3_hosp_item_pric: Amount | None = None
    hilist_memo: Text200 | None = None
    hosplist_code: Text20
    hosplist_name: Text50
    hosplist_dosform: Text20 | None = None
    cnt: Packs
    pric: Amount
    sumamt: Amount
    ownpay_amt: Amount
    selfpay_amt: Amount
    spec: Text100
    spec_unt: Text20
    drord_begn_date: Day
    drord_stop_date: Day | None = None
    drord_dept_codg: Text30
    drord_dept_name: Text50
    drord_dr_codg: Text30
    drord_dr_name: Text30
    drord_dr_profttl: Code3
    curr_drord_flag: Text3


class ReviewedDiagnosis(Message):
    """From memory: no field list of it was at hand."""

    dise_id: Text50 | None = None
    inout_dise_type: Code3 | None = None
    maindise_flag: Code3 | None = None
    dias_srt_no: Count4 | None = None
    dise_codg: Text30 | None = None
    dise_name: Text500 | None = None
    dise_date: Day | None = None


class ReviewedOperation(Message):
    setl_list_oprn_id: Text30
    oprn_code: Text30 | None = None
    oprn_name: Text500 | None = None
    main_oprn_flag: Code3 | None = None
    oprn_date: Day | None = None
    anst_way: Code30 | None = None
    oper_dr_name: Text50 | None = None
    oper_dr_code: Text30 | None = None
    anst_dr_name: Text50 | None = None
    anst_dr_code: Text30 | None = None


class ReviewedVisit(Message):
    mdtrt_id: Text50
    medins_id: Text50
    medins_name: Text200
    medins_admdvs: Text6
    medins_type: Code3
    medins_lv: Text3
    wardarea_codg: Text20 | None = None
    wardno: Text20 | None = None
    bedno: Text20 | None = None
    adm_date: Day
    dscg_date: Day
    dscg_main_dise_codg: Text20
    dscg_main_dise_name: Text50
    dr_codg: Text20
    adm_dept_codg: Text20
    adm_dept_name: Text50
    dscg_dept_codg: Text20
    dscg_dept_name: Text50
    med_mdtrt_type: Code3
    med_type: Code3
    matn_stas: Code3
    medfee_sumamt: Amount
    ownpay_amt: Amount
    selfpay_amt: Amount
    acct_payamt: Amount | None = None
    ma_amt: Amount | None = None
    hifp_payamt: Amount | None = None
    setl_totlnum: Count4
    insutype: Code3
    reim_flag: Code3
    out_setl_flag: Code3
    fsi_diagnose_dtos: tuple[ReviewedDiagnosis, ...] = ()
    fsi_order_dtos: tuple[ReviewedOrder, ...] = ()
    fsi_operation_dtos: tuple[ReviewedOperation, ...] = ()


class ReviewedPatient(Message):
    patn_id: Text50
    patn_name: Text50
    gend: Code3 | None = None
    brdy: Day
    poolarea: Text10
    curr_mdtrt_id: Text50
    fsi_encounter_dtos: tuple[ReviewedVisit, ...] = ()


class Review(Message):
    syscode: Text10
    trig_scen: Text3 | None = None
    task_id: Words | None = None
    patient_dtos: tuple[ReviewedPatient, ...] = ()


class ReviewInput(Message):
    """3101."""

    data: Review


class DoubtedLine(Message):
    jrd_id: TextOrEmpty = ""
    patn_id: TextOrEmpty = ""
    mdtrt_id: TextOrEmpty = ""
    rx_id: TextOrEmpty = ""
    vola_item_type: TextOrEmpty = ""
    vola_amt: MaybeAmount = None


class Doubt(Message):
    """One rule that the prescription breaks."""

    jr_id: TextOrEmpty = ""
    rule_id: TextOrEmpty = ""
    rule_name: TextOrEmpty = ""
    vola_cont: TextOrEmpty = ""
    patn_id: TextOrEmpty = ""
    mdtrt_id: TextOrEmpty = ""
    vola_amt: MaybeAmount = None
    vola_amt_stas: TextOrEmpty = ""
    sev_deg: TextOrEmpty = ""
    vola_evid: TextOrEmpty = ""
    vola_bhvr_type: TextOrEmpty = ""
    task_id: TextOrEmpty = ""
    judge_result_detail_dtos: Rows[DoubtedLine] = ()


class ReviewOutput(Message):
    """Empty: nothing is in doubt."""

    result: Rows[Doubt] = ()
