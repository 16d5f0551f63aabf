"""What provinces say differently on the wire: the forms of the transactions, and what an e-voucher counts as."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy import text

from kiosk.domain.codes import CertType
from kiosk.domain.insured import Credential
from kiosk.domain.personal import ResidentId, Voucher
from kiosk.domain.policy import Gateway
from kiosk.ports.driver import DoesNotFit
from kiosk.ports.settlement import Accepted, PersonFound
from settlement.reference.ledger.store import Ledger
from tests.settlement.direct.conftest import OpenTill
from tests.settlement.direct.scripted import person, told
from tests.settlement.sample_bill import BATCH, REQUEST
from tests.settlement.visits import PACK, Parties, host
from tests.support.backend import Backend, running_backend
from tests.support.parties import INSURANCE, PERSON, PROFILE

PLAIN = replace(PACK.settlement, a_forms=False)
BY_HOLDER = replace(PROFILE, voucher_cert_type="02")
NUMBER = ResidentId("111111198101011110")
SHOWN = Credential(CertType.VOUCHER, Voucher("EC1"), holder=NUMBER)


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    with running_backend(tmp_path_factory.mktemp("province")) as backend:
        yield backend
        assert backend.audit()["violations"] == []


def test_a_province_without_a_forms_is_sent_none(backend: Backend) -> None:
    parties = Parties.of(backend, host(profile=PLAIN))
    visit = parties.visit("zhangsan", "cold").report()
    lost = visit.settle(visit.quote())
    assert visit.reverse(lost.msgid) == Accepted()
    quote = visit.quote()
    visit.book(visit.settle(quote), visit.pay(quote))
    with closing(Ledger(backend.database)) as books, books.look() as session:
        sent = set(session.execute(text("SELECT infno FROM messages WHERE succeeded")).scalars())
        reversed_as = session.execute(text("SELECT oinfno FROM reversals")).scalars().all()
    assert sent >= {"2203", "2206", "2207"}
    assert not any(infno.endswith("A") for infno in sent)
    assert reversed_as == ["2207"]


def test_a_province_with_a_path_for_each_needs_paths_of_its_own_forms(open_till: OpenTill) -> None:
    paths = dict.fromkeys(("9001", "1101", "2201", "2202", "2204", "2205", "2208", "2601", "5203"), "/x")
    forms = {"2203": "/x", "2206": "/x", "2207": "/x"}
    open_till({}, replace(PROFILE, a_forms=False, gateway=Gateway.PER_INFNO, paths=paths | forms))
    with pytest.raises(DoesNotFit, match="2203A, 2206A, 2207A"):
        open_till({}, replace(PROFILE, gateway=Gateway.PER_INFNO, paths=paths | forms))


def test_an_e_voucher_counts_as_its_holders_number_where_the_province_says_so(open_till: OpenTill) -> None:
    till = open_till({"1101": told(person())}, BY_HOLDER)
    assert isinstance(till.port.find_person(SHOWN), PersonFound)
    data = till.platform.heard_of("1101")[0]["input"]["data"]
    assert data == {"mdtrt_cert_type": "02", "mdtrt_cert_no": NUMBER.reveal(), "card_sn": "EC1"}
    somebody = replace(PERSON, credential=SHOWN)
    for prepared in (
        till.port.prepare_register(somebody, INSURANCE, BATCH),
        till.port.prepare_quote(replace(REQUEST, person=somebody)),
    ):
        assert b'"mdtrt_cert_type":"02"' in prepared.body
        assert NUMBER.reveal().encode() in prepared.body
        assert b"EC1" not in prepared.body


def test_elsewhere_it_counts_as_itself(open_till: OpenTill) -> None:
    till = open_till({"1101": told(person())})
    assert isinstance(till.port.find_person(SHOWN), PersonFound)
    data = till.platform.heard_of("1101")[0]["input"]["data"]
    assert data == {"mdtrt_cert_type": "01", "mdtrt_cert_no": "EC1"}


def test_passwords_are_everybodys_but_those_of_another_province() -> None:
    profile = replace(PACK.settlement, password_cert_types=("03",))
    assert profile.password_areas == {"000000", "000100", "000181", "000199"}
    assert PACK.settlement.password_areas == frozenset()
