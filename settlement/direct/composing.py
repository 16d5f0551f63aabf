"""What each transaction says: the hospital's part of it and what the kiosk adds."""

from __future__ import annotations

from typing import Any

from kiosk.domain.codes import CertType
from kiosk.domain.insured import Credential, Insurance, Person
from kiosk.domain.personal import PersonNumber, ResidentId
from kiosk.domain.policy import SettlementProfile
from kiosk.domain.settlement import Quote as Quoted
from kiosk.domain.stay import Stay
from kiosk.domain.visit import FeeBatch
from kiosk.ports.settlement import SettleRequest
from settlement.family import family_field
from settlement.parts import ACCOUNT_LEFT_ALONE, unpack
from settlement.wire.codec import Message, read
from settlement.wire.inpatient import StayQuoteInput, StaySettleInput
from settlement.wire.outpatient import (
    ALL_UNSETTLED,
    Deregister,
    DeregisterInput,
    DescribeInput,
    PlainDescribeInput,
    PlainDiagnosis,
    RegisterInput,
    UploadInput,
    Withdraw,
    WithdrawInput,
)
from settlement.wire.people import PersonInput, PersonQuery
from settlement.wire.settle import (
    Cancel,
    CancelInput,
    Lookup,
    LookupInput,
    QuoteInput,
    Reverse,
    ReverseInput,
    SettleInput,
)

_AT_ITS_END = "0"  # mid_setl_flag


def ask_person(credential: Credential, profile: SettlementProfile) -> PersonInput:
    """1101. The name is left out: card and platform may write a rare character differently. Where an e-voucher counts
    as its holder's number, the token stands in card_sn.

    Raises:
        ValueError: the credential has no number.
    """
    kind, number = _certificate(credential, credential.holder, profile)
    serial = credential.card_serial
    by_holder = credential.cert_type is CertType.VOUCHER and kind != credential.cert_type
    token = _cert_no(credential) if by_holder else None
    query = PersonQuery(mdtrt_cert_type=kind, mdtrt_cert_no=number, card_sn=serial.reveal() if serial else token)
    return PersonInput(data=query)


def register(person: Person, insurance: Insurance, batch: FeeBatch, profile: SettlementProfile) -> RegisterInput:
    """2201."""
    said = _dump(unpack(batch.parts).registration) | _credential(person, profile) | {"insutype": insurance.insutype}
    return read(RegisterInput, {"data": said})


def deregister(psn_no: PersonNumber, mdtrt_id: str, visit_no: str) -> DeregisterInput:
    """2202."""
    return DeregisterInput(data=Deregister(psn_no=psn_no.reveal(), mdtrt_id=mdtrt_id, ipt_otp_no=visit_no))


def describe(request: SettleRequest, profile: SettlementProfile) -> DescribeInput | PlainDescribeInput:
    """2203A, or 2203, which says of a diagnosis neither whose it is nor whether it is the main one."""
    parts, visit = unpack(request.batch.parts), _visit(request)
    mdtrtinfo = _dump(parts.mdtrtinfo) | visit
    if profile.a_forms:
        diagnoses = [_dump(row) | visit for row in parts.diseinfo]
        return read(DescribeInput, {"mdtrtinfo": mdtrtinfo, "diseinfo": diagnoses})
    plain = [row.model_dump(include=set(PlainDiagnosis.model_fields), exclude_none=True) for row in parts.diseinfo]
    return read(PlainDescribeInput, {"mdtrtinfo": mdtrtinfo, "diseinfo": plain})


def upload(request: SettleRequest) -> UploadInput:
    """2204."""
    visit = _visit(request)
    return read(UploadInput, {"feedetail": [_dump(row) | visit for row in unpack(request.batch.parts).feedetail]})


def withdraw(psn_no: PersonNumber, mdtrt_id: str) -> WithdrawInput:
    """2205, of everything not settled."""
    return WithdrawInput(data=Withdraw(psn_no=psn_no.reveal(), mdtrt_id=mdtrt_id, chrg_bchno=ALL_UNSETTLED))


def quote(request: SettleRequest, profile: SettlementProfile) -> QuoteInput:
    """2206A."""
    return read(QuoteInput, {"data": _settling(request, profile)})


def settle(request: SettleRequest, quoted: Quoted, profile: SettlementProfile) -> SettleInput:
    """2207A: what was asked for in the quote, and the split it answered."""
    amounts = quoted.amounts
    echo = {
        "fulamt_ownpay_amt": amounts.fulamt_ownpay_amt.yuan(),
        "overlmt_selfpay": amounts.overlmt_selfpay.yuan(),
        "preselfpay_amt": amounts.preselfpay_amt.yuan(),
        "inscp_scp_amt": amounts.inscp_scp_amt.yuan(),
    }
    return read(SettleInput, {"data": _settling(request, profile) | echo})


def quote_stay(request: SettleRequest, stay: Stay, profile: SettlementProfile) -> StayQuoteInput:
    """2303."""
    return read(StayQuoteInput, {"data": _staying(request, stay, profile)})


def settle_stay(request: SettleRequest, stay: Stay, profile: SettlementProfile) -> StaySettleInput:
    """2304: what was asked for in the quote."""
    return read(StaySettleInput, {"data": _staying(request, stay, profile)})


def cancel(psn_no: PersonNumber, mdtrt_id: str, setl_id: str) -> CancelInput:
    """2208, 2305."""
    return CancelInput(data=Cancel(psn_no=psn_no.reveal(), mdtrt_id=mdtrt_id, setl_id=setl_id))


def reverse(psn_no: PersonNumber, omsgid: str, oinfno: str) -> ReverseInput:
    """2601."""
    return ReverseInput(data=Reverse(psn_no=psn_no.reveal(), omsgid=omsgid, oinfno=oinfno))


def look_up(psn_no: PersonNumber, mdtrt_id: str, setl_id: str) -> LookupInput:
    """5203."""
    return LookupInput(data=Lookup(psn_no=psn_no.reveal(), mdtrt_id=mdtrt_id, setl_id=setl_id))


def _settling(request: SettleRequest, profile: SettlementProfile) -> dict[str, Any]:
    batch = request.batch
    return (
        _credential(request.person, profile)
        | {
            "med_type": batch.med_type,
            "medfee_sumamt": batch.total.yuan(),
            "psn_setlway": profile.psn_setlway,
            "mdtrt_id": request.mdtrt_id,
            "chrg_bchno": batch.chrg_bchno,
            "acct_used_flag": profile.acct_used_flag if request.use_account else ACCOUNT_LEFT_ALONE,
            "insutype": request.insurance.insutype,
        }
        | family_field(request, profile)
    )


def _staying(request: SettleRequest, stay: Stay, profile: SettlementProfile) -> dict[str, Any]:
    """The split is the one of the lines the hospital uploaded; a stay is settled at its end and never in its middle."""
    left = stay.discharged
    return (
        _credential(request.person, profile)
        | {
            "medfee_sumamt": request.batch.total.yuan(),
            "psn_setlway": stay.setlway,
            "mdtrt_id": request.mdtrt_id,
            "acct_used_flag": profile.acct_used_flag if request.use_account else ACCOUNT_LEFT_ALONE,
            "insutype": request.insurance.insutype,
            "mid_setl_flag": _AT_ITS_END,
            "dscg_time": f"{left:%Y-%m-%d}" if left else None,
            "fulamt_ownpay_amt": stay.scopes.fulamt_ownpay_amt.yuan(),
            "overlmt_selfpay": stay.scopes.overlmt_selfpay.yuan(),
            "preselfpay_amt": stay.scopes.preselfpay_amt.yuan(),
            "inscp_scp_amt": stay.scopes.inscp_scp_amt.yuan(),
        }
        | family_field(request, profile)
    )


def _credential(person: Person, profile: SettlementProfile) -> dict[str, Any]:
    kind, number = _certificate(person.credential, person.certno, profile)
    return {"psn_no": person.psn_no.reveal(), "mdtrt_cert_type": kind, "mdtrt_cert_no": number}


def _certificate(credential: Credential, holder: ResidentId | None, profile: SettlementProfile) -> tuple[str, str]:
    """mdtrt_cert_type and mdtrt_cert_no: what was shown, or its holder's number where an e-voucher counts as that."""
    if credential.cert_type is CertType.VOUCHER and holder and profile.voucher_cert_type == CertType.RESIDENT_ID:
        return CertType.RESIDENT_ID.value, holder.reveal()
    return credential.cert_type.value, _cert_no(credential)


def _cert_no(credential: Credential) -> str:
    if credential.number is None:
        raise ValueError("a credential without a number")
    return credential.number.reveal()


def _visit(request: SettleRequest) -> dict[str, Any]:
    return {"psn_no": request.person.psn_no.reveal(), "mdtrt_id": request.mdtrt_id}


def _dump(part: Message) -> dict[str, Any]:
    return part.model_dump(exclude_none=True)
