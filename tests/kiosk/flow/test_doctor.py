"""A doctor confirms a chronic disease at the kiosk where a site wants it; elsewhere the hospital's word comes later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from kiosk.domain.confirming import Attested, Doctor, Place
from kiosk.domain.filing import CaseState
from kiosk.domain.pages import Ending
from kiosk.domain.personal import PersonName, Portrait, Typed
from kiosk.domain.speech import Sentence
from kiosk.faults import FaultCode
from kiosk.filing.course import Stage
from kiosk.flow.consent import WORDS
from kiosk.flow.effects import AttestCase, CheckFace, FindDoctor
from kiosk.flow.events import (
    AnotherWayChosen,
    CaseWasAttested,
    Continued,
    DeviceChanged,
    DoctorWasSought,
    FaceAgreed,
    FaceWasChecked,
    FieldFilled,
    OptionPicked,
    Retried,
    Stayed,
    WentBack,
)
from kiosk.flow.face_states import Asks, FaceAgain, FaceChecking, FaceConsent, FaceElsewhere
from kiosk.flow.rules import Rules
from kiosk.flow.served_states import Concluding, Filling, Reviewing, Waiting
from kiosk.flow.services.vouching import HERE
from kiosk.flow.speech import prompt
from kiosk.flow.states import Kiosk
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.clock import BEIJING
from kiosk.ports.confirming import DoctorFound
from kiosk.ports.face import (
    Challenge,
    Evidence,
    FaceAccepted,
    FaceAnswer,
    FaceNotTried,
    FaceRefused,
    Provider,
    Purpose,
    Refusal,
)
from kiosk.ports.health import DeviceState, Health
from tests.kiosk.flow.clerk import CASE, Clerk, rules

ITEM = "chronic-application"
PLACE = Place("H00000000001", "003", "31.298900", "120.585300", date(2026, 11, 1), b"signed")
HE = Doctor("1003", PersonName("何志远"), "心血管内科", Portrait(b"\x89PNG drawn"))
EVIDENCE = Evidence(Provider.LOCAL, "fb14", (Challenge.NOD, Challenge.CLOSER), (), compared=True, seconds=4.0)
TOLD = Attested("何医生", "模拟医院", datetime(2026, 11, 26, 10, 0, tzinfo=BEIJING), here=True)
UNDER_REVIEW = replace(CASE, item=ITEM, state=CaseState.UNDER_REVIEW)


def lodged(place: Place | None = PLACE, *, certified: bool = False) -> Clerk:
    """The application is with the office."""
    wanted = frozenset({ITEM}) if place else frozenset()
    here: Rules = replace(rules(), place=place, confirmed_here=wanted, certified_faces=certified)
    one = Clerk(Kiosk(here))
    for name in ("camera", "face"):
        one.send(DeviceChanged(name, Health(DeviceState.ONLINE)))
    one.to_filing(ITEM).hand_in()
    return one.told(Stage.LODGED, UNDER_REVIEW)


def named() -> Clerk:
    one = lodged()
    one.send(OptionPicked(HERE), FieldFilled("staff-number", Typed("1003")))
    assert one.asked(FindDoctor).number == "1003"
    one.send(DoctorWasSought(one.ticket("ticket"), DoctorFound(HE)))
    return one


def looked_at() -> Clerk:
    one = named()
    one.send(Continued(), FaceAgreed("1 zh abc"))
    return one


def judged(answer: FaceAnswer | None, one: Clerk | None = None) -> Clerk:
    one = one or looked_at()
    one.send(FaceWasChecked(one.ticket("ticket"), answer))
    return one


def offers(one: Clerk) -> bool:
    return HERE in {option.key for option in one.at(Concluding).page.next}


def test_a_doctor_may_confirm_only_where_the_site_wants_it_and_the_place_is_certain() -> None:
    assert offers(lodged())
    assert not offers(lodged(None))
    assert not offers(lodged(certified=True))


def test_the_doctor_reads_whose_case_it_is_and_from_where_before_anything_is_confirmed() -> None:
    one = named()
    page = one.at(Reviewing).page
    said = {line.key: line.value.reveal() for line in page.lines}
    assert said["case"] == UNDER_REVIEW.case_no
    assert (said["name"], said["department"]) == ("何志远", "心血管内科")
    assert said["place"] == "31.298900, 120.585300"
    assert {"patient", "disease"} <= set(said)
    assert not [effect for effect in one.done if isinstance(effect, AttestCase | CheckFace)]


def test_the_doctors_face_is_compared_with_the_hospitals_picture_and_stays_in_the_kiosk() -> None:
    one = named()
    one.send(Continued())
    assert one.at(FaceConsent).asks is Asks.DOCTOR
    assert [part.message for part in prompt(one.state) if isinstance(part, Sentence)] == list(WORDS[Asks.DOCTOR])
    one.send(FaceAgreed("1 zh abc", seconded=True))
    task = one.asked(CheckFace).task
    assert (task.purpose, task.reference, task.whose, task.seconded) == (Purpose.DOCTOR, HE.portrait, None, False)


def test_a_confirmation_says_who_where_and_how_sure_and_the_page_says_that_it_is_done() -> None:
    one = judged(FaceAccepted(EVIDENCE))
    order = one.asked(AttestCase)
    assert (order.case_no, order.doctor, order.place, order.evidence) == (UNDER_REVIEW.case_no, "1003", PLACE, EVIDENCE)
    one.send(CaseWasAttested(one.ticket("ticket"), TOLD))
    page = one.at(Concluding).page
    assert page.ending is Ending.DONE
    assert any("何医生" in point.text.zh for point in page.points)
    assert not offers(one)


def test_the_patient_rates_the_case_afterwards_as_ever() -> None:
    one = judged(FaceAccepted(EVIDENCE))
    one.send(CaseWasAttested(one.ticket("ticket"), TOLD), Continued())
    assert "Choosing" in type(one.state.screen).__name__


def test_a_living_face_that_was_compared_with_nothing_confirms_nothing() -> None:
    one = judged(FaceAccepted(replace(EVIDENCE, compared=False)))
    assert one.at(FaceElsewhere).doctor
    assert not [effect for effect in one.done if isinstance(effect, AttestCase)]


def test_another_face_has_two_tries_and_then_the_hospitals_own_system() -> None:
    refused = FaceRefused(Refusal.COMPARISON_NON_MATCH, FaultCode.FACE_NOT_SAME, EVIDENCE)
    one = judged(refused)
    one.at(FaceAgain)
    one.send(Retried())
    one.at(FaceChecking)
    judged(refused, one)
    screen = one.at(FaceElsewhere)
    assert (screen.doctor, screen.fault) == (True, FaultCode.FACE_NOT_SAME)
    assert not [effect for effect in one.done if isinstance(effect, AttestCase)]


@pytest.mark.parametrize("answer", [FaceNotTried(FaultCode.CAMERA_GONE), None])
def test_a_camera_that_fails_leaves_the_application_as_it_is(answer: FaceNotTried | None) -> None:
    assert judged(answer).at(FaceElsewhere).doctor


def test_without_a_camera_nobody_is_asked_to_look() -> None:
    one = named()
    one.send(DeviceChanged("camera", Health(DeviceState.OFFLINE, (FaultCode.CAMERA_GONE,))), Continued())
    assert one.at(FaceElsewhere).fault is FaultCode.CAMERA_GONE


def test_another_way_is_the_hospitals_own_system() -> None:
    one = named()
    one.send(Continued(), AnotherWayChosen())
    assert one.at(FaceElsewhere).doctor


@pytest.mark.parametrize(
    "answer",
    [Refused(FaultCode.DOCTOR_UNKNOWN), NotSent(FaultCode.HOSPITAL_UNREACHABLE), Unknown(FaultCode.REPLY_BROKEN)],
)
def test_a_number_that_finds_nobody_is_asked_for_again_with_the_reason(answer: Refused | NotSent | Unknown) -> None:
    one = lodged()
    one.send(OptionPicked(HERE), FieldFilled("staff-number", Typed("9")))
    one.send(DoctorWasSought(one.ticket("ticket"), answer))
    assert one.at(Filling).page.error
    one.send(FieldFilled("staff-number", Typed("1003"))).at(Waiting)


def test_a_confirmation_whose_answer_is_lost_may_be_given_once_more_under_the_same_key() -> None:
    one = judged(FaceAccepted(EVIDENCE))
    first = one.asked(AttestCase).key
    one.send(CaseWasAttested(one.ticket("ticket"), Unknown(FaultCode.REPLY_BROKEN)))
    assert one.at(Concluding).page.ending is Ending.UNKNOWN
    one.send(OptionPicked(HERE), FieldFilled("staff-number", Typed("1003")))
    one.send(DoctorWasSought(one.ticket("ticket"), DoctorFound(HE)), Continued(), FaceAgreed("1 zh abc"))
    judged(FaceAccepted(EVIDENCE), one)
    assert one.asked(AttestCase).key == first


def test_a_refusal_is_told_in_the_hospitals_words() -> None:
    one = judged(FaceAccepted(EVIDENCE))
    one.send(CaseWasAttested(one.ticket("ticket"), Refused(FaultCode.CONFIRMATION_REFUSED, "已经由医生确认")))
    page = one.at(Concluding).page
    assert (page.ending, page.text.zh) == (Ending.REFUSED, "已经由医生确认")


def test_whoever_turns_back_gives_the_number_again_and_nobody_is_hurried() -> None:
    one = named()
    one.send(Stayed())
    one.at(Reviewing)
    one.send(WentBack())
    one.at(Filling)
