"""One bill as a hospital sends it: a drug of 4.52."""

from decimal import Decimal
from typing import Any

from kiosk.domain.visit import FeeBatch
from kiosk.ports.settlement import SettleRequest
from settlement.bills import read_bills
from settlement.wire.codec import read
from settlement.wire.hospital import Bills
from tests.support.parties import INSURANCE, PERSON, PROFILE
from tests.support.people import MORNING

BEGUN = "2026-11-22 08:00:00"


def wire_line(number: int = 1, amount: Decimal = Decimal("4.52")) -> dict[str, Any]:
    return {
        "feedetl_sn": f"MZ1{number:03d}",
        "name": "模拟缬沙坦胶囊",
        "spec": "80mg×7粒",
        "cnt": "1.0000",
        "unit": "盒",
        "pric": str(amount),
        "amount": str(amount),
        "category": "西药费",
    }


def wire_fee(number: int = 1, amount: Decimal = Decimal("4.52")) -> dict[str, Any]:
    return {
        "feedetl_sn": f"MZ1{number:03d}",
        "chrg_bchno": "C1",
        "rx_circ_flag": "0",
        "fee_ocur_time": BEGUN,
        "med_list_codg": "XC09",
        "medins_list_codg": "XC09",
        "det_item_fee_sumamt": str(amount),
        "cnt": "1.0000",
        "pric": str(amount),
        "bilg_dept_codg": "K01",
        "bilg_dept_name": "心内科",
        "bilg_dr_codg": "D01",
        "bilg_dr_name": "王医生",
        "hosp_appr_flag": "1",
        "expContent": "a field of the province",
    }


def wire_bill(**changes: Any) -> dict[str, Any]:
    bill = {
        "batch_no": "B1",
        "chrg_bchno": "C1",
        "visit_no": "MZ1",
        "med_type": "11",
        "dept_name": "心内科",
        "doctor_name": "王医生",
        "begntime": BEGUN,
        "total": "4.52",
        "lines": [wire_line()],
        "registration": {
            "begntime": BEGUN,
            "ipt_otp_no": "MZ1",
            "atddr_no": "D01",
            "dr_name": "王医生",
            "dept_code": "K01",
            "dept_name": "心内科",
            "caty": "A03",
        },
        "mdtrtinfo": {"med_type": "11", "begntime": BEGUN},
        "diseinfo": [
            {
                "diag_type": "1",
                "maindiag_flag": "1",
                "diag_srt_no": 1,
                "diag_code": "I10.x00",
                "diag_name": "高血压",
                "diag_dept": "K01",
                "dise_dor_no": "D01",
                "dise_dor_name": "王医生",
                "diag_time": BEGUN,
                "vali_flag": "1",
            }
        ],
        "feedetail": [wire_fee()],
    }
    return bill | changes


def read_here(told: Bills) -> tuple[FeeBatch, ...]:
    """As a kiosk of the tests' province reads them."""
    return read_bills(told, PROFILE, MORNING)


BATCH = read_here(read(Bills, {"bills": [wire_bill()]}))[0]
REQUEST = SettleRequest(PERSON, INSURANCE, BATCH, "M1")
