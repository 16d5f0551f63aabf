"""2401 to 2405: a patient is admitted, the stay's data are changed, the patient is discharged, and each taken back."""

from __future__ import annotations

from settlement.wire.codec import Message
from settlement.wire.outpatient import Diagnosis
from settlement.wire.values import (
    Code3,
    Code6,
    Count2,
    Count3,
    Day,
    Text,
    Text6,
    Text20,
    Text30,
    Text50,
    Text100,
    Text200,
    Text300,
    Text500,
    Text1000,
    Timestamp,
)


class StayPart(Message):
    """What 2401 and 2403 say alike about a stay."""

    coner_name: Text50 | None = None
    tel: Text50 | None = None
    begntime: Timestamp
    mdtrt_cert_type: Code3
    med_type: Code6
    ipt_no: Text30
    medrcdno: Text30 | None = None
    atddr_no: Text30
    chfpdr_name: Text50
    adm_diag_dscr: Text200
    adm_dept_codg: Text30
    adm_dept_name: Text100
    adm_bed: Text30
    dscg_maindiag_code: Text20
    dscg_maindiag_name: Text300
    main_cond_dscr: Text1000 | None = None
    dise_codg: Text30 | None = None
    dise_name: Text500 | None = None
    oprn_oprt_code: Text30 | None = None
    oprn_oprt_name: Text500 | None = None
    fpsc_no: Text50 | None = None
    matn_type: Code6 | None = None
    birctrl_type: Code6 | None = None
    latechb_flag: Code3 | None = None
    geso_val: Count2 | None = None
    fetts: Count3 | None = None
    fetus_cnt: Count3 | None = None
    pret_flag: Code3 | None = None
    birctrl_matn_date: Day | None = None
    dise_type_code: Text6 | None = None


class Admission(StayPart):
    psn_no: Text30
    insutype: Code6
    mdtrt_cert_no: Text50


class AdmitInput(Message):
    """2401; undone by 2404, and by 2601 when its reply was lost."""

    mdtrtinfo: Admission
    diseinfo: tuple[Diagnosis, ...]


class Admitted(Message):
    mdtrt_id: Text


class AdmitOutput(Message):
    result: Admitted


class StayChange(StayPart):
    mdtrt_id: Text30
    psn_no: Text30
    endtime: Timestamp | None = None
    mdtrt_cert_no: Text50 | None = None


class ChangeStayInput(Message):
    """2403, from memory: no field list of it was at hand. Answered without output."""

    adminfo: StayChange
    diseinfo: tuple[Diagnosis, ...]


class Discharge(Message):
    mdtrt_id: Text30
    psn_no: Text30
    insutype: Code6
    endtime: Timestamp
    dise_codg: Text30 | None = None
    dise_name: Text500 | None = None
    oprn_oprt_code: Text30 | None = None
    oprn_oprt_name: Text500 | None = None
    fpsc_no: Text50 | None = None
    matn_type: Code6 | None = None
    birctrl_type: Code6 | None = None
    latechb_flag: Code3 | None = None
    geso_val: Count2 | None = None
    fetts: Count3 | None = None
    fetus_cnt: Count3 | None = None
    pret_flag: Code3 | None = None
    birctrl_matn_date: Day | None = None
    cop_flag: Code3 | None = None
    dscg_dept_codg: Text30
    dscg_dept_name: Text100
    dscg_bed: Text30 | None = None
    dscg_way: Code3
    die_date: Day | None = None


class DischargeInput(Message):
    """2402; undone by 2405. Answered without output."""

    dscginfo: Discharge
    diseinfo: tuple[Diagnosis, ...]


class StayNumber(Message):
    mdtrt_id: Text30
    psn_no: Text30


class StayNumberInput(Message):
    """2404 and 2405. Answered without output."""

    data: StayNumber
