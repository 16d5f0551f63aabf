"""Doctors' confirmations over TLS, from a kiosk and from the hospital's own system: once a case, signed, and shown."""

from __future__ import annotations

import base64
import ssl
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest

from kiosk.domain.confirming import Attestation, Attested, Place
from kiosk.domain.filing import Application, Case
from kiosk.domain.personal import Typed
from kiosk.faults import FaultCode
from kiosk.installed import config_dir
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.confirming import ConfirmingPort, DoctorFound
from kiosk.ports.filing import Cases, FilingPort
from settlement import confirming, office
from settlement.access import Access
from settlement.reference.confirming import DOORS, HOSPITAL_KEY, reported_bytes
from settlement.reference.counter import Counter
from settlement.reference.ledger.store import Ledger, sqlite_url
from settlement.reference.office import counter as office_counter
from settlement.reference.people import read_world
from settlement.reference.seed import seed
from settlement.wire import codec
from settlement.wire import confirming as wire
from tests.settlement.office.lines import NOW, Line, Standing26, key
from tests.support.far_end import FarEnd
from tests.support.parties import PERSON, Ear, HandClock, party_host

Parties = tuple[ConfirmingPort, FilingPort, Line]
CHRONIC = Application("chronic-application", "MN003", "000000 2026.11", PERSON, (("disease", Typed("M07800")),))
UNSIGNED = Place("H00000000001", "003", "31.298900", "120.585300", date(2026, 11, 1), b"")
PLACE = replace(UNSIGNED, signature=HOSPITAL_KEY.sign(UNSIGNED.signed_bytes()))
SEEN = "accepted local compared model=fb143eea0783 nod+closer likeness=0.938/0.415 4.6s"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    ledger, world = Ledger(sqlite_url(tmp_path_factory.mktemp("confirming") / "ledger.db")), read_world(PEOPLE)
    seed(ledger, world, NOW)
    yield Counter(ledger, world, Standing26(), {**DOORS, **office_counter.DOORS})
    ledger.close()


PEOPLE = config_dir() / "people"


@pytest.fixture
def line(
    desk: Counter, server_context: ssl.SSLContext, access_to: Callable[[str], Access]
) -> Iterator[tuple[ConfirmingPort, FilingPort, Line]]:
    far = Line(desk)
    with FarEnd(server_context, far) as end:
        access = access_to(end.url)
        yield (
            confirming.make(access, party_host(HandClock(), Ear())),
            office.make(access, party_host(HandClock(), Ear())),
            far,
        )


def filed(filing: FilingPort, number: int) -> str:
    told = filing.submit(key(number), CHRONIC)
    assert isinstance(told, Case)
    assert told.confirmed is None
    return told.case_no


def progress(filing: FilingPort, case_no: str) -> Attested | None:
    """What the patient is shown of the case."""
    told = filing.cases(PERSON)
    assert isinstance(told, Cases)
    return next(row for row in told.rows if row.case_no == case_no).confirmed


def attestation(case_no: str, place: Place = PLACE, evidence: str = SEEN, doctor: str = "1003") -> Attestation:
    return Attestation(case_no, doctor, place, evidence)


def test_a_doctor_is_found_with_the_picture_the_hospital_has(line: Parties) -> None:
    found = line[0].doctor("1003")
    assert isinstance(found, DoctorFound)
    assert (found.doctor.number, found.doctor.department) == ("1003", "心血管内科")
    assert found.doctor.portrait.reveal() == (PEOPLE / "portraits" / "doctor-1003.webp").read_bytes()
    assert "志远" not in repr(found)


@pytest.mark.parametrize("number", ["1004", "9999"])
def test_who_has_no_picture_or_no_number_confirms_nothing_here(line: Parties, number: str) -> None:
    told = line[0].doctor(number)
    assert isinstance(told, Refused)
    assert told.fault is FaultCode.DOCTOR_UNKNOWN


def test_a_confirmation_at_the_kiosk_is_one_however_often_it_comes_and_the_patient_sees_it(
    line: Parties,
) -> None:
    port, filing, far = line
    case_no = filed(filing, 1)
    far.spoil[wire.ATTEST] = ["lose-reply"]
    assert isinstance(port.attest("K-doctor-1", attestation(case_no)), Unknown)
    told = port.attest("K-doctor-1", attestation(case_no))
    assert told == Attested("何医生", "模拟医院", NOW, here=True)
    assert progress(filing, case_no) == told
    assert isinstance(port.attest("K-doctor-2", attestation(case_no)), Refused)


def test_the_hospitals_own_system_confirms_in_its_own_time_with_its_signature(line: Parties, desk: Counter) -> None:
    _, filing, _ = line
    case_no = filed(filing, 2)
    signature = HOSPITAL_KEY.sign(reported_bytes("HIS-2026-1126", case_no, "1004"))
    report = wire.Report(
        key="HIS-2026-1126", case_no=case_no, doctor="1004", signature=base64.b64encode(signature).decode()
    )
    forged = report.model_copy(update={"doctor": "1003"})
    refused = codec.decode(desk.answer(wire.REPORT, codec.encode(forged.model_dump(mode="json"))).body)
    assert refused["refused"] == "签名不对"
    assert progress(filing, case_no) is None
    desk.answer(wire.REPORT, codec.encode(report.model_dump(mode="json")))
    assert progress(filing, case_no) == Attested("罗医生", "模拟医院", NOW, here=False)


@pytest.mark.parametrize(
    "place",
    [
        replace(PLACE, signature=b"x" * 64),
        replace(PLACE, latitude="39.904200"),
        replace(PLACE, terminal="004"),
        replace(PLACE, institution="H00000000002"),
    ],
    ids=["forged", "carried away", "another kiosk", "another hospital"],
)
def test_a_place_that_nobody_signed_confirms_nothing(line: Parties, place: Place) -> None:
    port, filing, _ = line
    case_no = filed(filing, 3)
    told = port.attest("K-doctor-3", attestation(case_no, place))
    assert told == Refused(FaultCode.CONFIRMATION_REFUSED, "机器位置没有通过核对")
    assert progress(filing, case_no) is None


@pytest.mark.parametrize("evidence", ["accepted local presence 4.6s", "comparison_non_match F05 local compared"])
def test_a_look_that_did_not_find_the_doctor_confirms_nothing(line: Parties, evidence: str) -> None:
    port, filing, _ = line
    told = port.attest("K-doctor-4", attestation(filed(filing, 4), evidence=evidence))
    assert isinstance(told, Refused)


def test_only_an_application_that_waits_for_a_doctor_is_confirmed(
    line: Parties,
) -> None:
    assert isinstance(line[0].attest("K-doctor-5", attestation("MN2026112600000000")), Refused)


def test_another_answer_than_the_one_asked_for_is_none(line: Parties) -> None:
    port, filing, far = line
    case_no = filed(filing, 6)
    far.spoil[wire.ATTEST] = ["wrong-key"]
    assert isinstance(port.attest("K-doctor-6", attestation(case_no)), Unknown)


def test_a_front_that_is_not_there_was_not_asked(access_to: Callable[[str], Access]) -> None:
    port = confirming.make(access_to("https://127.0.0.1:9"), party_host(HandClock(), Ear()))
    assert isinstance(port.doctor("1003"), NotSent)
