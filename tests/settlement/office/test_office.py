"""The adapter and the reference office over TLS: one case a key, whatever the network does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from kiosk.domain.catalogue import Way
from kiosk.domain.filing import Application, Case, CaseState, Handed, Score
from kiosk.domain.insured import Person
from kiosk.domain.money import Money
from kiosk.domain.personal import PersonName, PersonNumber, ResidentId, Typed
from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.filing import Attached, Away, Cases, FilingPort, Kept, Noted, NotLodged, Prepared, Standing
from kiosk.ports.photograph import Photograph
from settlement.access import Access
from settlement.office import make
from settlement.reference.counter import Counter
from settlement.reference.ledger.books import Event, Kind, Move, post
from settlement.reference.ledger.office import AssistedCase
from settlement.reference.ledger.parties import Insurance
from settlement.reference.ledger.rights import CareElsewhere
from settlement.reference.ledger.store import Ledger
from settlement.reference.office import counter
from settlement.reference.office.cases import handover_of
from settlement.reference.platform.rights import balance
from settlement.wire import codec, office
from tests.settlement.office.lines import NOW, Open, applicant, key
from tests.support.far_end import Conversation, Received
from tests.support.parties import PERSON, Ear, HandClock, party_host

KEY = "F01J000000000000000000000000"
PHONE = (("new-mobile", Typed("13900000001")),)
CHANGE = Application("info-change", "MN007", "000000 2026.11", PERSON, PHONE)

Behaviour = Callable[[Conversation, Received], None]


def away(**answers: str) -> Application:
    said = {"care-kind": "temporary", "care-area": "000100", "since": "2026-11-26"} | {
        name.replace("_", "-"): value for name, value in answers.items()
    }
    told = tuple((name, Typed(value)) for name, value in said.items())
    return Application("away-filing", "MN002", "000000 2026.11", PERSON, told, promised=True)


def test_what_the_office_has_is_not_asked_for(line: Open) -> None:
    port, _ = line()
    told = port.prepare(PERSON, "transfer")
    assert isinstance(told, Prepared)
    assert dict(told.known)["mobile"].reveal().startswith("139")
    assert "einvoice" in told.fetched


def test_one_key_is_one_case_however_often_it_comes(line: Open) -> None:
    port, _ = line()
    first = port.submit(key(1), CHANGE)
    assert isinstance(first, Case)
    assert first.state is CaseState.IN_FORCE
    assert port.submit(key(1), CHANGE) == first
    assert port.find(key(1)) == first
    assert first.handover == handover_of(first.case_no)


def test_another_application_under_the_same_key_is_refused(line: Open) -> None:
    port, _ = line()
    assert isinstance(port.submit(key(2), CHANGE), Case)
    other = replace(CHANGE, answers=(("new-mobile", Typed("13900000002")),))
    assert isinstance(port.submit(key(2), other), Refused)


def test_a_lost_reply_is_unknown_and_the_key_finds_the_case(line: Open) -> None:
    port, far = line()
    far.spoil[office.SUBMIT] = ["lose-reply"]
    assert isinstance(port.submit(key(3), CHANGE), Unknown)
    assert isinstance(port.find(key(3)), Case)


def test_a_lost_request_leaves_nothing_under_the_key(line: Open) -> None:
    port, far = line()
    far.spoil[office.SUBMIT] = ["lose-request"]
    assert isinstance(port.submit(key(4), CHANGE), Unknown)
    assert port.find(key(4)) == NotLodged()


def test_an_answer_to_another_key_is_no_answer(line: Open) -> None:
    port, far = line()
    far.spoil = {path: ["wrong-key"] for path in (office.SUBMIT, office.FIND, office.KEEP, office.RATE)}
    assert isinstance(port.submit(key(5), CHANGE), Unknown)
    assert isinstance(port.find(key(5)), Unknown)
    assert isinstance(port.keep(key(5), PERSON, "transfer", ()), Unknown)
    assert isinstance(port.rate(key(5), Score("x", 5)), Unknown)


def test_nobody_there_is_not_sent(access_to: Callable[[str], Access]) -> None:
    port = make(access_to("https://localhost:9"), party_host(HandClock(), Ear()))
    assert isinstance(port.submit(key(6), CHANGE), NotSent)


def test_a_filing_in_force_is_what_the_platform_reads(line: Open, world_ledger: Ledger) -> None:
    port, _ = line()
    case = port.submit(key(7), away())
    assert isinstance(case, Case)
    assert case.state is CaseState.IN_FORCE
    with world_ledger.look() as session:
        rows = session.scalars(select(CareElsewhere).where(CareElsewhere.psn_no == "00000000000000000001")).all()
    assert [(row.area, row.kind) for row in rows if not row.from_file] == [("000100", "temporary")]


def test_an_area_that_is_not_served_says_where_to_go(line: Open) -> None:
    port, _ = line()
    case = port.submit(key(8), away(care_area="000200"))
    assert isinstance(case, Case)
    assert case.state is CaseState.NOT_SERVED
    assert "国家异地就医备案" in case.reason


def test_only_a_filing_that_is_missing_and_counts_is_called_missing(line: Open) -> None:
    port, _ = line()
    shen = applicant("shenyuan")
    assert port.care_away(PERSON, "000000") == Away(missing=False)
    assert port.care_away(applicant("heqian"), "000000") == Away(missing=False)
    assert port.care_away(shen, "000000") == Away(missing=True)
    emergency = replace(away(care_kind="emergency", care_area="000000"), person=shen)
    case = port.submit(key(41), emergency)
    assert isinstance(case, Case)
    assert case.state is CaseState.UNDER_REVIEW
    assert port.care_away(shen, "000000") == Away(missing=False)


def test_who_helped_is_kept_with_the_case(line: Open, world_ledger: Ledger) -> None:
    port, _ = line()
    case = port.submit(key(70), replace(CHANGE, helper="0417"))
    assert isinstance(case, Case)
    port.submit(key(71), CHANGE)
    with world_ledger.look() as session:
        rows = session.scalars(select(AssistedCase)).all()
    assert [(row.case_no, row.helper) for row in rows] == [(case.case_no, "0417")]


def attached(port: FilingPort, jpeg: bytes, person: Person = PERSON) -> object:
    return port.attach(person, "chronic-application", "diagnosis", Photograph(jpeg, 0, 0))


def jpeg_of(width: int, height: int) -> bytes:
    """A start, a comment, the frame that states the size, and an end."""
    frame = b"\xff\xc0\x00\x11\x08" + height.to_bytes(2) + width.to_bytes(2) + bytes(10)
    return b"\xff\xd8\xff\xfe\x00\x04ab" + frame + b"\xff\xd9"


def test_a_photograph_is_verified_and_has_one_name(line: Open) -> None:
    port, _ = line()
    first = attached(port, jpeg_of(800, 600))
    assert isinstance(first, Attached)
    assert attached(port, jpeg_of(800, 600)) == first
    for broken in (b"", b"GIF89a", jpeg_of(800, 600)[:-2], jpeg_of(300, 200), b"\xff\xd8\xff\xd9"):
        answer = attached(port, broken) if broken else Refused(FaultCode.FILING_REFUSED, "照片")
        assert isinstance(answer, Refused), broken
        assert "照片" in answer.reason


def test_a_photograph_counts_for_its_person_and_its_material_alone(line: Open) -> None:
    port, _ = line()
    mine = attached(port, jpeg_of(900, 600))
    assert isinstance(mine, Attached)

    def handed(number: int, material: str, picture: str, person: Person = PERSON) -> object:
        rows = (Handed(material, Way.PHOTOGRAPHED, (picture,)),)
        told = (("disease", Typed("M07801")),)
        return port.submit(key(number), Application("chronic-application", "MN003", "1", person, told, rows))

    assert isinstance(handed(61, "diagnosis", "P0"), Refused)
    assert isinstance(handed(62, "records", mine.picture), Refused)
    assert isinstance(handed(63, "diagnosis", mine.picture, applicant("shenyuan")), Refused)
    assert isinstance(handed(64, "diagnosis", mine.picture), Case)


def claim(number: str, code: str = "11000001") -> Application:
    told = (("receipt-code", Typed(code)), ("receipt-number", Typed(number)))
    handed = (Handed("einvoice", Way.FETCHED),)
    return Application("claim-precheck", "MN010", "000000 2026.11", PERSON, told, handed, promised=True)


def test_a_receipt_nobody_issued_is_incomplete_and_one_claimed_before_is_found(line: Open) -> None:
    port, _ = line()
    forged = port.submit(key(9), claim("1234567890", "99000001"))
    assert isinstance(forged, Case)
    assert (forged.state, "材料不完整" in forged.reason) == (CaseState.REFUSED, True)
    first, again = port.submit(key(10), claim("1111111111")), port.submit(key(11), claim("1111111111"))
    assert isinstance(first, Case)
    assert isinstance(again, Case)
    assert first.state is CaseState.UNDER_REVIEW
    assert "审核结果为准" in first.reason
    assert first.case_no in again.reason


def test_only_the_owner_of_an_account_binds_and_never_themselves(line: Open) -> None:
    port, _ = line()

    def bind(number: int, act: str, member: str) -> CaseState:
        told = (("bind-act", Typed(act)), ("relation", Typed("spouse")), ("member-id", Typed(member)))
        case = port.submit(key(number), Application("family-bind", "MN006", "000000 1", PERSON, told))
        assert isinstance(case, Case)
        return case.state

    assert bind(12, "bind", PERSON.certno.reveal()) is CaseState.REFUSED
    assert bind(13, "bind", "111111199001011110") is CaseState.REFUSED
    assert bind(14, "unbind", "111111200106101174") is CaseState.REFUSED
    assert bind(15, "bind", "111111200106101174") is CaseState.IN_FORCE
    assert bind(16, "unbind", "111111200106101174") is CaseState.IN_FORCE
    assert bind(17, "unbind", "111111200106101174") is CaseState.REFUSED


def test_nobody_acts_for_somebody_who_did_not_say_so(line: Open) -> None:
    port, _ = line()
    prepared = port.prepare(PERSON, "proxy-filing")
    assert isinstance(prepared, Prepared)
    (mine,) = prepared.offers
    assert "门诊慢特病申请" in mine.note
    stranger = port.prepare(applicant("lihong"), "proxy-filing")
    assert isinstance(stranger, Prepared)
    assert stranger.offers == ()

    def act(number: int, who: Person, principal: str, item: str) -> CaseState:
        told = (("principal", Typed(principal)), ("proxy-item", Typed(item)))
        case = port.submit(key(number), Application("proxy-filing", "MN014", "000000 1", who, told))
        assert isinstance(case, Case)
        return case.state

    assert act(18, PERSON, mine.key, "chronic-application") is CaseState.UNDER_REVIEW
    assert act(50, PERSON, mine.key, "chronic-application") is CaseState.UNDER_REVIEW
    assert act(51, PERSON, mine.key, "away-filing") is CaseState.REFUSED
    assert act(52, applicant("lihong"), mine.key, "chronic-application") is CaseState.REFUSED
    assert act(53, PERSON, "SQ000", "chronic-application") is CaseState.REFUSED


def taken_up(port: FilingPort, number: int, item: str, *answers: tuple[str, str]) -> Case:
    told = tuple((name, Typed(value)) for name, value in answers)
    case = port.submit(key(number), Application(item, "", "000000 1", PERSON, told, promised=True))
    assert isinstance(case, Case)
    return case


def offers(port: FilingPort, item: str, wanted: str) -> list[str]:
    told = port.prepare(PERSON, item)
    assert isinstance(told, Prepared)
    return [one.key for one in told.offers if one.question == wanted]


def test_a_referral_is_begun_by_a_doctor_confirmed_once_and_files_the_place(line: Open, world_ledger: Ledger) -> None:
    port, _ = line()
    first = offers(port, "referral-out", "referral")[0]
    assert taken_up(port, 54, "referral-out", ("referral", first)).state is CaseState.IN_FORCE
    assert first not in offers(port, "referral-out", "referral")
    assert taken_up(port, 55, "referral-out", ("referral", first)).state is CaseState.REFUSED
    with world_ledger.transact() as session:
        rows = session.scalars(select(CareElsewhere).where(CareElsewhere.kind == "referral")).all()
        assert ("00000000000000000001", "000100") in {(row.psn_no, row.area) for row in rows}


def test_a_pharmacy_that_does_not_deliver_says_so_and_the_prescription_is_free_again(line: Open) -> None:
    port, _ = line()
    one = offers(port, "rx-forward", "prescription")[0]
    near, rx = ("pharmacy", "shop-2"), ("prescription", one)
    refused = taken_up(port, 56, "rx-forward", rx, near, ("delivery", "deliver"))
    assert (refused.state, "不送药上门" in refused.reason) == (CaseState.REFUSED, True)
    assert one in offers(port, "rx-forward", "prescription")
    assert taken_up(port, 57, "rx-forward", rx, near, ("delivery", "pickup")).state is CaseState.IN_FORCE
    assert one not in offers(port, "rx-forward", "prescription")
    another = ("prescription", offers(port, "rx-forward", "prescription")[0])
    brought = taken_up(port, 58, "rx-forward", another, ("pharmacy", "shop-1"), ("delivery", "deliver"))
    assert "登记的住址" in brought.reason
    assert taken_up(port, 59, "rx-forward", rx, near, ("delivery", "pickup")).state is CaseState.REFUSED


def test_a_premium_is_taken_out_of_the_account_once_and_never_in_part(line: Open, world_ledger: Ledger) -> None:
    port, _ = line()

    def left() -> int:
        with world_ledger.transact() as session:
            insurance = session.scalars(select(Insurance).where(Insurance.psn_no == "00000000000000000001")).one()
            return balance(session, insurance)

    before, due = left(), offers(port, "account-premium", "premium")
    case = taken_up(port, 60, "account-premium", ("premium", due[0]))
    assert (case.state, before - left()) == (CaseState.IN_FORCE, 3000)
    assert taken_up(port, 60, "account-premium", ("premium", due[0])) == case
    assert taken_up(port, 61, "account-premium", ("premium", due[0])).state is CaseState.REFUSED
    with world_ledger.transact() as session:
        post(
            session, Event.PREMIUM, "spent", NOW,
            [Move(Kind.ACCOUNT, "00000000000000000001/310", -3000), Move(Kind.PREMIUM, "spent", 3000)],
        )  # fmt: skip
    refused = taken_up(port, 62, "account-premium", ("premium", due[1]))
    assert (refused.state, "余额不够" in refused.reason) == (CaseState.REFUSED, True)
    assert before - left() == 6000


def test_an_applicant_who_is_not_who_they_say_is_refused_everywhere(line: Open) -> None:
    port, _ = line()
    other = replace(PERSON, name=PersonName("李四"))
    assert isinstance(port.prepare(other, "transfer"), Refused)
    assert isinstance(port.submit(key(19), replace(CHANGE, person=other)), Refused)


def test_several_items_are_one_case_with_answers_of_their_own(line: Open) -> None:
    port, _ = line()
    told = (*claim("2222222222").answers, *away(care_area="000200").answers)
    whole = Application("one-thing", "MN015", "000000 1", PERSON, told, parts=("away-filing", "claim-precheck"))
    case = port.submit(key(20), whole)
    assert isinstance(case, Case)
    assert [(part.item, part.state) for part in case.parts] == [
        ("away-filing", CaseState.NOT_SERVED),
        ("claim-precheck", CaseState.UNDER_REVIEW),
    ]
    assert case.state is CaseState.UNDER_REVIEW
    assert len({part.case_no for part in case.parts}) == 2


def test_cases_are_their_persons_alone(line: Open) -> None:
    port, _ = line()
    port.submit(key(21), CHANGE)
    mine = port.cases(PERSON)
    assert isinstance(mine, Cases)
    assert any(row.item == "info-change" for row in mine.rows)
    other = port.cases(replace(PERSON, certno=ResidentId("111111196505081159")))
    assert other == Cases(())


def test_a_draft_is_kept_until_it_is_handed_in(line: Open) -> None:
    port, _ = line()
    answers = (("from-area", Typed("000100")),)
    kept = port.keep(key(22), PERSON, "transfer", answers)
    assert isinstance(kept, Kept)
    assert kept.until == date(2026, 12, 3)
    refused = port.prepare(applicant("lihong"), "transfer", kept.code)
    assert refused == Refused(FaultCode.FILING_REFUSED, "这张续办单不是您的，请由本人刷卡接着办")
    assert port.prepare(PERSON, "transfer", kept.code) == port.prepare(PERSON, "transfer")
    told = port.prepare(PERSON, "transfer")
    assert isinstance(told, Prepared)
    assert told.draft == answers
    port.submit(key(22), Application("transfer", "MN009", "000000 1", PERSON, answers))
    told = port.prepare(PERSON, "transfer")
    assert isinstance(told, Prepared)
    assert told.draft == ()


def test_a_case_is_rated_once(line: Open) -> None:
    port, _ = line()
    case = port.submit(key(23), CHANGE)
    assert isinstance(case, Case)
    assert port.rate("R23-0000", Score(case.case_no, 5, (0,))) == Noted()
    assert port.rate("R23-0000", Score(case.case_no, 5, (0,))) == Noted()
    assert isinstance(port.rate("R23-0001", Score(case.case_no, 1)), Refused)
    assert isinstance(port.rate("R23-0002", Score("nobody", 1)), Refused)
    found = port.find(key(23))
    assert isinstance(found, Case)
    assert found.rated


def test_a_low_rating_is_followed_up_and_given_anew_once(line: Open) -> None:
    port, _ = line()
    case = port.submit(key(93), CHANGE)
    assert isinstance(case, Case)
    assert not case.again
    port.rate("R63-0000", Score(case.case_no, 1, (2,)))
    found = port.find(key(93))
    assert isinstance(found, Case)
    assert (found.rated, found.again) == (True, True)
    assert port.rate("R63-0001", Score(case.case_no, 5)) == Noted()
    assert port.rate("R63-0001", Score(case.case_no, 5)) == Noted()
    assert isinstance(port.rate("R63-0002", Score(case.case_no, 5)), Refused)
    found = port.find(key(93))
    assert isinstance(found, Case)
    assert not found.again


def test_a_transfer_comes_with_a_certificate_that_names_its_holder_covered(line: Open) -> None:
    port, _ = line()
    handed = Application("transfer", "MN009", "000000 1", PERSON, (("from-area", Typed("000100")),))
    case = port.submit(key(94), handed)
    assert isinstance(case, Case)
    told = case.certificate
    assert told is not None
    assert (told.number, told.issued) == (f"CBPZ{case.case_no}", NOW.date())
    assert "张三" not in told.holder
    assert "111111198101011110" not in f"{told.holder}{told.code}"
    assert [(row.insutype, row.since, row.until, row.months) for row in told.times] == [
        ("310", date(2012, 7, 1), None, 173)
    ]


def test_what_the_office_has_of_a_person_is_told_to_them_alone(line: Open) -> None:
    port, _ = line()
    told = port.cases(applicant("lihong"))
    assert isinstance(told, Cases)
    assert [(row.what, row.amount, row.until) for row in told.dues] == [
        ("模拟年度居民医保缴费", Money(40000), date(2037, 12, 31))
    ]
    boy = port.cases(applicant("qianxiaobao"))
    assert isinstance(boy, Cases)
    (account,) = boy.shared
    assert (account.mine, account.balance is not None) == (False, True)
    owner = port.cases(applicant("qianduo"))
    assert isinstance(owner, Cases)
    assert all(row.mine and row.balance is None for row in owner.shared)
    filed = port.cases(applicant("heqian"))
    assert isinstance(filed, Cases)
    assert [row.kind for row in filed.away] == ["residence"]
    assert port.cases(replace(applicant("lihong"), psn_no=PersonNumber("0"))) == Cases(())


def test_a_stopped_cover_has_its_day_and_a_stranger_has_none(line: Open) -> None:
    port, _ = line()
    told = port.standing(ResidentId("111111199002281160"), PersonName("周萍"))
    assert isinstance(told, Standing)
    assert [(row.insutype, row.active, row.stopped) for row in told.rows] == [("310", False, date(2026, 2, 1))]
    assert isinstance(port.standing(ResidentId("111111199002281160"), PersonName("李四")), Refused)


@pytest.mark.parametrize("path", counter.DOORS)
@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"key":"x"}', b'{"version":1}'])
def test_what_no_client_of_ours_sends_is_answered_all_the_same(desk: Counter, path: str, body: bytes) -> None:
    answer = desk.answer(path, body)
    assert answer.status == 400
    assert codec.decode(answer.body)["refused"]
