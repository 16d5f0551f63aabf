"""What each message says: who it is about, which bill, and what the patient agreed to."""

from __future__ import annotations

import base64
from typing import Any

from kiosk.domain.codes import CertType
from kiosk.domain.insured import Credential
from kiosk.domain.personal import PersonNumber
from kiosk.domain.policy import SettlementProfile
from kiosk.domain.settlement import Quote
from kiosk.ports.settlement import SettleRequest
from settlement.family import family_field
from settlement.parts import ACCOUNT_LEFT_ALONE

Said = dict[str, Any]

_AGREED = (
    "fulamt_ownpay_amt",
    "overlmt_selfpay",
    "preselfpay_amt",
    "inscp_scp_amt",
    "fund_pay_sumamt",
    "acct_pay",
    "psn_cash_pay",
)


def ask_person(credential: Credential) -> Said:
    """his.person."""
    return {"credential": _credential(credential)}


def quote(request: SettleRequest, profile: SettlementProfile) -> Said:
    """his.quote."""
    batch, insurance = request.batch, request.insurance
    return {
        "credential": _credential(request.person.credential),
        "psn_no": request.person.psn_no.reveal(),
        "insutype": insurance.insutype,
        "insuplc_admdvs": insurance.insuplc_admdvs,
        "batch_no": batch.batch_no,
        "chrg_bchno": batch.chrg_bchno,
        "visit_no": batch.visit_no,
        "mdtrt_id": request.mdtrt_id,
        "med_type": batch.med_type,
        "medfee_sumamt": batch.total.yuan(),
        "acct_used_flag": profile.acct_used_flag if request.use_account else ACCOUNT_LEFT_ALONE,
        "extra": family_field(request, profile) or None,
    }


def settle(request: SettleRequest, quoted: Quote, profile: SettlementProfile) -> Said:
    """his.settle: the bill of the quote, and the amounts the patient saw in its answer."""
    agreed = {name: getattr(quoted.amounts, name).yuan() for name in _AGREED}
    return quote(request, profile) | {"agreed": agreed}


def reverse(psn_no: PersonNumber, of_key: str, insuplc_admdvs: str) -> Said:
    """his.reverse."""
    return {"of_key": of_key, "psn_no": psn_no.reveal(), "insuplc_admdvs": insuplc_admdvs}


def cancel(psn_no: PersonNumber, setl_id: str, insuplc_admdvs: str) -> Said:
    """his.cancel."""
    return {"setl_id": setl_id, "psn_no": psn_no.reveal(), "insuplc_admdvs": insuplc_admdvs}


def sheet(psn_no: PersonNumber, setl_id: str, insuplc_admdvs: str) -> Said:
    """his.sheet."""
    return {"setl_id": setl_id, "psn_no": psn_no.reveal(), "insuplc_admdvs": insuplc_admdvs}


def query_settlement(psn_no: PersonNumber, setl_id: str) -> Said:
    """his.query of a known settlement."""
    return {"psn_no": psn_no.reveal(), "setl_id": setl_id}


def query_key(psn_no: PersonNumber, of_key: str) -> Said:
    """his.query of a settle whose answer was lost."""
    return {"psn_no": psn_no.reveal(), "of_key": of_key}


def _credential(credential: Credential) -> Said:
    if credential.number is None:
        raise ValueError("a credential without a number")
    number = credential.number.reveal()
    return {
        "mdtrt_cert_type": credential.cert_type.value,
        "mdtrt_cert_no": number,
        "card_sn": credential.card_serial.reveal() if credential.card_serial else None,
        "card_blob": base64.b64encode(credential.opaque).decode() if credential.opaque else None,
        "ec_token": number if credential.cert_type is CertType.VOUCHER else None,
    }
