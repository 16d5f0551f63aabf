"""2501, 2503 and 2505: a referral to another hospital, a chronic disease, a hospital of one's own are put on file."""

from __future__ import annotations

from settlement.wire.codec import Message
from settlement.wire.values import (
    Code3,
    Code6,
    Code30,
    Day,
    Text,
    Text3,
    Text6,
    Text12,
    Text20,
    Text30,
    Text50,
    Text100,
    Text200,
    Text300,
    Text500,
    Text2000,
)


class Referral(Message):
    psn_no: Text30
    insutype: Code6 | None = None
    tel: Text50 | None = None
    addr: Text200 | None = None
    insu_optins: Text6 | None = None
    diag_code: Text20
    diag_name: Text100
    dise_cond_dscr: Text2000 | None = None
    reflin_medins_no: Text12
    reflin_medins_name: Text200
    mdtrtarea_admdvs: Text6
    hosp_agre_refl_flag: Code3 | None = None
    refl_type: Code30
    refl_date: Day
    refl_rea: Text100
    refl_opnn: Text200
    begndate: Day | None = None
    enddate: Day | None = None
    refl_used_flag: Text3 | None = None


class ReferralInput(Message):
    """2501."""

    refmedin: Referral


class ChronicFiling(Message):
    psn_no: Text30
    insutype: Code6
    opsp_dise_code: Text30
    opsp_dise_name: Text300
    tel: Text50 | None = None
    addr: Text200 | None = None
    insu_optins: Text6
    ide_fixmedins_no: Text30
    ide_fixmedins_name: Text200
    hosp_ide_date: Day
    diag_dr_codg: Text30
    diag_dr_name: Text50
    begndate: Day
    enddate: Day | None = None


class ChronicFilingInput(Message):
    """2503."""

    data: ChronicFiling


class OwnHospital(Message):
    """`agnter_*` is whoever files for the person."""

    psn_no: Text30
    tel: Text50 | None = None
    addr: Text200 | None = None
    biz_appy_type: Code3
    begndate: Day
    enddate: Day | None = None
    agnter_name: Text50 | None = None
    agnter_cert_type: Code6 | None = None
    agnter_certno: Text50 | None = None
    agnter_tel: Text30 | None = None
    agnter_addr: Text200 | None = None
    agnter_rlts: Code3 | None = None
    fix_srt_no: Text3
    fixmedins_code: Text12
    fixmedins_name: Text200
    memo: Text500 | None = None


class OwnHospitalInput(Message):
    """2505."""

    data: OwnHospital


class Filed(Message):
    trt_dcla_detl_sn: Text


class FiledOutput(Message):
    """Of 2501, 2503 and 2505: the number of the filing."""

    result: Filed
