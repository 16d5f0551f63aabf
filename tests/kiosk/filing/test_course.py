"""Whatever happens to an application: nothing is handed in twice, and nothing unknown is called refused."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.filing import Application, Case, CaseState, Score
from kiosk.faults import FaultCode
from kiosk.filing.course import Do, Dossier, End, Patience, Report, Rest, Stage, apply, begun, next_act, report_of
from kiosk.filing.facts import (
    Act,
    Answered,
    Begun,
    Confirmed,
    Ended,
    Fact,
    Filled,
    Intended,
    Rated,
    Recovered,
    Verdict,
)
from kiosk.saga.facts import Stamp
from tests.support.people import ZHANG

SID = "01KAMMV5RC6Z2J5N4Q8W7T3XYD"
CASE = Case("MN1", "away-filing", CaseState.IN_FORCE, date(2026, 11, 26))
APPLICATION = Application("away-filing", "MN002", "000000 1", ZHANG, ())
PATIENCE = Patience(longest=60.0, first=1.0, most=8.0, draft=3600.0)


@dataclass
class Office:
    """The far end as it truly is: it takes an application when a request arrives, whatever the kiosk hears of it."""

    keys: list[str] = field(default_factory=list[str])
    on_the_way: list[str] = field(default_factory=list[str])

    def arrive(self, key: str) -> None:
        if key not in self.keys:
            self.keys.append(key)


def at(seconds: float, boot: str = "a") -> Stamp:
    return Stamp(boot, seconds, 1_700_000_000 + seconds)


def confirmed() -> Dossier:
    dossier = begun(SID, Begun("away-filing", ZHANG.certno), at(0))
    return apply(dossier, Confirmed(APPLICATION), at(1))


LUCK = st.lists(
    st.tuples(
        st.sampled_from(["answered", "lost reply", "lost request", "late", "not sent", "refused"]),
        st.sampled_from(["goes on", "is killed before", "is killed after", "walks away"]),
    ),
    max_size=12,
)


@given(LUCK)
def test_one_case_at_most_and_never_a_submission_behind_somebodys_back(luck: list[tuple[str, str]]) -> None:
    office, dossier, now = Office(), confirmed(), 1.0
    for step in range(80):
        wire, person = luck[step] if step < len(luck) else ("answered", "goes on")
        following = next_act(dossier, at(now), PATIENCE)
        if isinstance(following, End):
            dossier = apply(dossier, Ended(following.why), at(now))
            break
        if isinstance(following, Rest):
            if not dossier.attended or dossier.stage in {Stage.LODGED, Stage.DECLINED, Stage.LOST}:
                dossier = apply(dossier, Recovered(), at(now))
            now += 30
            continue
        now += following.delay
        assert following.act is not Act.SUBMIT or dossier.attended
        dossier = _called(office, dossier, following.act, wire, person, now)
        now += 1
    assert len(office.keys) <= 1
    if dossier.case is not None:
        assert office.keys == [dossier.key]
    if dossier.stage is Stage.OVER and dossier.case is None and office.keys:
        # the office has it and we do not know: only where a request came in later than any may
        assert "late" in {wire for wire, _ in luck}


def _called(office: Office, dossier: Dossier, act: Act, wire: str, person: str, now: float) -> Dossier:
    if person == "is killed before":
        return apply(dossier, Recovered(), at(now, "b"))
    dossier = apply(dossier, Intended(act, dossier.key), at(now))
    answer = _answer(office, dossier, act, wire)
    if person == "is killed after":
        return apply(dossier, Recovered(), at(now, "b"))
    dossier = apply(dossier, answer, at(now))
    return apply(dossier, Recovered(), at(now)) if person == "walks away" else dossier


def _answer(office: Office, dossier: Dossier, act: Act, wire: str) -> Answered:
    if wire == "not sent":
        return Answered(act, Verdict.NOT_SENT, FaultCode.OFFICE_UNREACHABLE)
    if wire == "lost request":
        return Answered(act, Verdict.UNKNOWN, FaultCode.OFFICE_UNREACHABLE)
    if act is Act.SUBMIT and wire != "refused":
        office.arrive(dossier.key)
    if wire in {"lost reply", "late"}:
        return Answered(act, Verdict.UNKNOWN, FaultCode.OFFICE_UNREACHABLE)
    if act is Act.SUBMIT and wire == "refused":
        return Answered(act, Verdict.NO, FaultCode.FILING_REFUSED)
    return Answered(act, Verdict.YES, case=CASE) if dossier.key in office.keys else Answered(act, Verdict.NONE)


def test_a_missing_answer_is_sought_by_its_key_before_anything_is_sent_again() -> None:
    dossier = apply(confirmed(), Intended(Act.SUBMIT, "k"), at(2))
    dossier = apply(dossier, Answered(Act.SUBMIT, Verdict.UNKNOWN, FaultCode.OFFICE_UNREACHABLE), at(3))
    assert dossier.stage is Stage.SOUGHT
    assert isinstance(found := next_act(dossier, at(3), PATIENCE), Do)
    assert found.act is Act.FIND
    dossier = apply(dossier, Answered(Act.FIND, Verdict.NONE), at(4))
    assert isinstance(found := next_act(dossier, at(4), PATIENCE), Do)
    assert found.act is Act.SUBMIT


def test_whoever_left_is_not_filed_for_again_and_absence_is_proved_by_time() -> None:
    dossier = apply(confirmed(), Intended(Act.SUBMIT, "k"), at(2))
    dossier = apply(dossier, Recovered(), at(3))
    for seconds in (3, 30, 61):
        found = next_act(dossier, at(seconds), PATIENCE)
        assert isinstance(found, Do)
        assert found.act is Act.FIND
        dossier = apply(dossier, Answered(Act.FIND, Verdict.NONE), at(seconds))
    assert next_act(dossier, at(63), PATIENCE) == End("never arrived")


def test_nothing_confirmed_before_a_power_cut_is_sent_after_it() -> None:
    dossier = apply(confirmed(), Recovered(), at(2, "b"))
    assert dossier.stage is Stage.LOST
    assert next_act(dossier, at(2, "b"), PATIENCE) == End("lost")


def test_a_draft_is_kept_a_day_and_no_longer() -> None:
    dossier = apply(begun(SID, Begun("away-filing", ZHANG.certno), at(0)), Filled(()), at(1))
    assert next_act(dossier, at(10), PATIENCE) == Rest(3590.0)
    assert next_act(dossier, at(3600), PATIENCE) == End("draft expired")


def test_a_score_goes_out_once_there_is_a_line_and_blocks_nobody() -> None:
    dossier = apply(confirmed(), Answered(Act.SUBMIT, Verdict.YES, case=CASE), at(2))
    dossier = apply(dossier, Rated(Score("MN1", 5)), at(3))
    dossier = apply(apply(dossier, Recovered(), at(4)), Intended(Act.RATE, "r"), at(4))
    dossier = apply(dossier, Answered(Act.RATE, Verdict.NOT_SENT, FaultCode.OFFICE_UNREACHABLE), at(5))
    assert isinstance(found := next_act(dossier, at(100), PATIENCE), Do)
    assert found.act is Act.RATE
    dossier = apply(dossier, Answered(Act.RATE, Verdict.YES), at(6))
    assert next_act(dossier, at(7), PATIENCE) == End("lodged")


@given(st.sampled_from(Stage), st.booleans())
def test_the_course_has_a_next_step_for_everything(stage: Stage, attended: bool) -> None:
    dossier = replace(confirmed(), stage=stage, attended=attended)
    assert isinstance(next_act(dossier, at(5), PATIENCE), Do | End | Rest)
    assert isinstance(report_of(dossier), Report | None)


def test_a_score_that_never_gets_through_is_tried_for_ever_and_slowly() -> None:
    dossier = replace(confirmed(), stage=Stage.LODGED, case=CASE, score=Score("MN1", 5), tries=100_000)
    assert next_act(dossier, at(5), PATIENCE) == Do(Act.RATE, PATIENCE.most)


def test_later_facts_never_change_what_a_case_says() -> None:
    dossier = apply(confirmed(), Answered(Act.SUBMIT, Verdict.YES, case=CASE), at(2))
    later: list[Fact] = [Recovered(), Filled(()), Begun("x", ZHANG.certno)]
    for fact in later:
        assert apply(dossier, fact, at(3)).case == CASE
