"""Whose code it is: each kind of code goes to its own centre, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest

from kiosk.domain.e_voucher import looks_like_e_voucher
from kiosk.domain.insured import CardField, VoucherIdentity
from kiosk.domain.personal import ResidentId, Voucher
from kiosk.engine.clock import SystemClock
from kiosk.engine.holders import Holders
from kiosk.engine.queries import Queries
from kiosk.faults import FaultCode
from kiosk.flow.effects import FindHolder
from kiosk.flow.events import PersonWasSought
from kiosk.flow.ticket import Ticket
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.face_terminal import Errand, HolderFound, SettleNotice
from kiosk.ports.settlement import PersonFound
from kiosk.ports.social_code import SocialCardFound
from tests.kiosk.engine.inbox import Inbox
from tests.support.fakes import World
from tests.support.people import IDENTITY, ZHANG

T = Ticket(1, 1)
INSURED = Voucher("4240123456789012345678900000")
SOCIAL = Voucher("https://example.invalid/ssc?c=MONI")
ZHANGS = VoucherIdentity(ZHANG.name, ZHANG.certno, Voucher("token"))


@dataclass
class Vouchers:
    """The insurance's centre."""

    says: HolderFound | NotSent | Refused | Unknown = field(default_factory=lambda: HolderFound(ZHANGS))
    errands: list[str] = field(default_factory=list[str])

    def holder_of_code(self, errand: Errand, code: Voucher) -> HolderFound | NotSent | Refused | Unknown:
        assert code == INSURED
        self.errands.append(errand.number)
        return self.says

    def holder_of_face(self, errand: Errand, auth_no: Voucher) -> HolderFound | NotSent | Refused | Unknown:
        raise NotImplementedError(errand, auth_no)

    def notify(self, errand: Errand, notice: SettleNotice) -> bool:
        raise NotImplementedError(errand, notice)


@dataclass
class Social:
    """That of social security."""

    says: SocialCardFound | NotSent | Refused | Unknown

    def card_of_code(self, code: Voucher) -> SocialCardFound | NotSent | Refused | Unknown:
        assert code == SOCIAL
        return self.says


@pytest.mark.parametrize(
    ("code", "is_one"),
    [
        (INSURED, True),
        (Voucher("opc" + "1" * 21 + "0000"), True),
        (SOCIAL, False),
        (Voucher("424" + "1" * 25), False),
        (Voucher("134500000000000001"), False),
        (Voucher("4240123456789012345678900000 "), False),
    ],
)
def test_the_shape_of_an_e_voucher(code: Voucher, is_one: bool) -> None:
    assert looks_like_e_voucher(code) is is_one


@pytest.mark.parametrize("code", [INSURED, SOCIAL])
def test_without_a_contract_a_code_is_said_to_be_of_no_use_here(code: Voucher) -> None:
    assert Holders().find(code) == Refused(FaultCode.CODE_NOT_READ_HERE)


def test_an_electronic_social_security_card_is_shown_to_no_insurance_centre() -> None:
    vouchers = Vouchers()
    assert Holders(vouchers).find(SOCIAL) == Refused(FaultCode.CODE_NOT_READ_HERE)
    assert vouchers.errands == []


def test_each_reading_has_a_number_of_its_own() -> None:
    vouchers = Vouchers()
    for _ in range(3):
        assert Holders(vouchers).find(INSURED) == ZHANGS
    assert len(set(vouchers.errands)) == 3


def test_the_other_centre_gives_a_card() -> None:
    assert Holders(social=Social(SocialCardFound(IDENTITY))).find(SOCIAL) == IDENTITY
    refused = Refused(FaultCode.VOUCHER_REFUSED, "已过期")
    assert Holders(social=Social(refused)).find(SOCIAL) == refused


class Asked:
    """The query thread with centres of its own."""

    def __init__(self, holders: Holders) -> None:
        self.inbox = Inbox()
        world = World()
        world.platform.person_answer = PersonFound(ZHANG)
        parties = replace(world.parties, holders=holders)
        self.queries = Queries(parties, SystemClock(), self.inbox.post, self.inbox.faulted)
        self.queries.start()

    def about(self, code: Voucher) -> object:
        self.queries.ask(FindHolder(T, code))
        return self.inbox.wait_for(PersonWasSought).answer


@pytest.fixture
def asked(request: pytest.FixtureRequest) -> Iterator[Asked]:
    made = Asked(request.param)
    yield made
    made.queries.stop()


def _asking(holders: Holders) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("asked", [holders], indirect=True)


@_asking(Holders(Vouchers()))
def test_whoever_the_code_belongs_to_is_asked_about_by_its_token(asked: Asked) -> None:
    assert asked.about(INSURED) == PersonFound(ZHANG)


@_asking(Holders(social=Social(SocialCardFound(IDENTITY))))
def test_a_card_behind_a_code_is_asked_about_like_one_in_the_slot(asked: Asked) -> None:
    assert asked.about(SOCIAL) == PersonFound(ZHANG)


@_asking(Holders(Vouchers(HolderFound(replace(ZHANGS, resident_id=ResidentId("222222199001011237"))))))
def test_a_code_of_somebody_else_than_the_platform_means_is_refused(asked: Asked) -> None:
    assert asked.about(INSURED) == Refused(FaultCode.PERSON_MISMATCH)


_NUMBERLESS = replace(IDENTITY, card_number=None, missing=frozenset({CardField.CARD_NUMBER}))


@_asking(Holders(social=Social(SocialCardFound(_NUMBERLESS))))
def test_a_card_whose_number_its_centre_keeps_names_nobody(asked: Asked) -> None:
    assert asked.about(SOCIAL) == Refused(FaultCode.CARD_INCOMPLETE)


@_asking(Holders(Vouchers(NotSent(FaultCode.PLATFORM_UNREACHABLE))))
def test_a_centre_that_cannot_be_reached_is_said(asked: Asked) -> None:
    assert asked.about(INSURED) == NotSent(FaultCode.PLATFORM_UNREACHABLE)
