"""What 6201 to 6401 say: the hospital's parts of a bill in the centre's own spelling, and who it is for."""

from __future__ import annotations

import re
from typing import Any

from kiosk.domain.codes import CertType
from kiosk.domain.insured import Person
from kiosk.domain.money import Money
from kiosk.domain.personal import Voucher
from kiosk.ports.mobile import Ordered, Ticket
from kiosk.ports.settlement import SettleRequest
from settlement.parts import ACCOUNT_LEFT_ALONE, unpack
from settlement.wire.codec import Breakage, BrokenMessage, Message, read
from settlement.wire.mobile import (
    MobileOrderInput,
    MobileOrderNumberInput,
    MobileRefundInput,
    MobileUploadInput,
)

_RESIDENT_ID = "01"
_INSURANCE_PART = "HI"
_NOT_REFORMED = "0"
_UNDERSCORE = re.compile(r"_([a-z])")


def upload(request: SettleRequest, org: str, key: str, fee_type: str, flags: tuple[str, str]) -> MobileUploadInput:
    """6201. `flags` are the profile's psn_setlway and acct_used_flag.

    Raises:
        BrokenMessage: the hospital's parts do not make one, or the person showed no e-voucher.
    """
    batch, parts = request.batch, unpack(request.batch.parts)
    setlway, account = flags
    visit = _camel(parts.registration) | _camel(parts.mdtrtinfo)
    said = {
        **visit,
        **_identity(request.person),
        "orgCodg": org,
        "psnNo": request.person.psn_no.reveal(),
        "insutype": request.insurance.insutype,
        "medOrgOrd": key,
        "insuCode": request.insurance.insuplc_admdvs,
        "iptOtpNo": batch.visit_no,
        "ecToken": _token(request.person),
        "mdtrtId": request.mdtrt_id or None,
        "medType": batch.med_type,
        "feeType": fee_type,
        "medfeeSumamt": batch.total.yuan(),
        "acctUsedFlag": account if request.use_account else ACCOUNT_LEFT_ALONE,
        "psnSetlway": setlway,
        "chrgBchno": batch.chrg_bchno,
        "pubHospRfomFlag": _NOT_REFORMED,
        "feedetailList": [_camel(row) for row in parts.feedetail],
        "diseinfoList": [_camel(row) for row in parts.diseinfo],
    }
    return read(MobileUploadInput, said)


def order(
    request: SettleRequest, ticket: Ticket, authorisation: Voucher, org: str, key: str, fee_type: str
) -> MobileOrderInput:
    """6202."""
    said = {
        **_ticket(ticket),
        "payAuthNo": authorisation.reveal(),
        "orgCodg": org,
        "orgBizSer": key,
        "chrgBchno": request.batch.chrg_bchno,
        "feeType": fee_type,
        "mdtrtId": request.mdtrt_id,
    }
    return read(MobileOrderInput, said)


def refund(ticket: Ticket, ordered: Ordered, authorisation: Voucher, key: str, moment: str) -> MobileRefundInput:
    """6203 of what fund and account paid, as the centre told it.

    Raises:
        BrokenMessage: the centre has not told the amounts.
    """
    parts = [amount for amount in (ordered.account, ordered.fund) if amount is not None]
    said = {
        "payOrdId": ticket.number.reveal(),
        "appRefdSn": key,
        "appRefdTime": moment,
        "refdType": _INSURANCE_PART,
        "totlRefdAmt": Money(sum(part.fen for part in parts)).yuan() if len(parts) == 2 else None,
        "cashRefdAmt": Money(0).yuan(),
        "psnAcctRefdAmt": ordered.account.yuan() if ordered.account is not None else None,
        "fundRefdAmt": ordered.fund.yuan() if ordered.fund is not None else None,
        "payAuthNo": authorisation.reveal(),
    }
    return read(MobileRefundInput, said)


def number(request: SettleRequest, ticket: Ticket, org: str) -> MobileOrderNumberInput:
    """6301 and 6401."""
    return read(MobileOrderNumberInput, _ticket(ticket) | _identity(request.person) | {"orgCodg": org})


def _ticket(ticket: Ticket) -> dict[str, str]:
    return {"payOrdId": ticket.number.reveal(), "payToken": ticket.token.reveal()}


def _identity(person: Person) -> dict[str, str]:
    return {"idNo": person.certno.reveal(), "userName": person.name.reveal(), "idType": _RESIDENT_ID}


def _token(person: Person) -> str:
    credential = person.credential
    if credential.number is None or credential.cert_type is not CertType.VOUCHER:
        raise BrokenMessage(Breakage.WRONG_SHAPE, ("ecToken",))
    return credential.number.reveal()


def _camel(part: Message) -> dict[str, Any]:
    """feedetl_sn is feedetlSn here."""
    said = part.model_dump(exclude_none=True)
    return {_UNDERSCORE.sub(lambda found: found[1].upper(), name): value for name, value in said.items()}
