"""Whose code was scanned: the insurance's own centre is asked about its codes, that of social security about others."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from kiosk.domain.e_voucher import looks_like_e_voucher
from kiosk.domain.insured import CardIdentity, VoucherIdentity
from kiosk.domain.personal import Voucher
from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.face_terminal import Business, Errand, HolderFound, VoucherCentre
from kiosk.ports.social_code import SocialCardFound, SocialCodeCentre


@dataclass(frozen=True, slots=True)
class Holders:
    """None where this hospital has no contract with a centre: its codes are then said to be of no use here."""

    vouchers: VoucherCentre | None = None
    social: SocialCodeCentre | None = None

    def find(self, code: Voucher) -> VoucherIdentity | CardIdentity | NotSent | Refused | Unknown:
        if looks_like_e_voucher(code):
            return self._insured(code)
        if self.social is None:
            return Refused(FaultCode.CODE_NOT_READ_HERE)
        found = self.social.card_of_code(code)
        return found.identity if isinstance(found, SocialCardFound) else found

    def _insured(self, code: Voucher) -> VoucherIdentity | NotSent | Refused | Unknown:
        """A number of its own for each reading: the centre takes none twice."""
        if self.vouchers is None:
            return Refused(FaultCode.CODE_NOT_READ_HERE)
        found = self.vouchers.holder_of_code(Errand(Business.SETTLING, secrets.token_hex(16)), code)
        return found.identity if isinstance(found, HolderFound) else found


NO_CENTRES = Holders()
