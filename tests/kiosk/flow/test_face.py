"""A face is asked for, never demanded: consent first, two tries at most, another way from every page, nothing kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.domain.admission import Seen
from kiosk.domain.codes import CertType
from kiosk.domain.insured import Person
from kiosk.domain.personal import PersonName, Portrait, ResidentId, Voucher
from kiosk.domain.speech import Sentence
from kiosk.engine.face import face_record
from kiosk.faults import FaultCode
from kiosk.flow.consent import FACE, SECOND, WORDS, fingerprint
from kiosk.flow.effects import CheckFace, FindBills, StopFace, WarmFace
from kiosk.flow.events import (
    AnotherWayChosen,
    Continued,
    DeviceChanged,
    Entered,
    FaceAgreed,
    FaceFollowed,
    FaceWasChecked,
    IdCardWasRead,
    PersonWasSought,
    Retried,
    Stayed,
    WhoseChosen,
)
from kiosk.flow.face_states import Asks, FaceAgain, FaceAgent, FaceChecking, FaceConsent, FaceDone, FaceElsewhere
from kiosk.flow.rules import Door, Rules, Whose
from kiosk.flow.speech import prompt
from kiosk.flow.states import Farewell, FindingPerson, Kiosk, StillThere
from kiosk.flow.stay_states import FindingAdmission
from kiosk.ports.face import (
    Challenge,
    Evidence,
    FaceAccepted,
    FaceAnswer,
    FaceNotTried,
    FaceProgress,
    FaceRefused,
    Need,
    Provider,
    Purpose,
    Refusal,
    Signal,
)
from kiosk.ports.health import DeviceState, Health
from kiosk.ports.id_reader import IdCardNotRead, IdCardPlaced, IdCardRead, IdCardReading
from kiosk.ports.settlement import PersonFound
from tests.kiosk.flow.walker import Walker, reachable
from tests.support.people import HOLDER, ID_CARD, ZHANG

PICTURE = Portrait(b"\x89PNG drawn")
EVIDENCE = Evidence(
    Provider.LOCAL,
    "fb143eea0783",
    (Challenge.NOD, Challenge.BLINK),
    (Signal("likeness", 0.71, 0.415), Signal("depth", None, 0.1)),
    compared=True,
    seconds=4.2,
)
ONLINE = Health(DeviceState.ONLINE)


def arrived(person: Person = ZHANG, rules: Rules | None = None, /, **health: Health) -> Walker:
    """Identified at the door of admission."""
    walker = Walker(Kiosk(rules or Rules(doors=(Door.OUTPATIENT, Door.ADMISSION))))
    for name, state in {"camera": ONLINE, "face": ONLINE, **health}.items():
        walker.send(DeviceChanged(name, state))
    walker.send(Entered(Door.ADMISSION), IdCardPlaced())
    walker.send(IdCardWasRead(walker.ticket("ticket"), IdCardRead(ID_CARD, PICTURE)))
    walker.at(FindingPerson)
    return walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(person)))


def looking(needs: frozenset[Need] = frozenset()) -> Walker:
    walker = arrived().send(FaceAgreed("1 zh abc", needs))
    walker.at(FaceChecking)
    return walker


def answered(answer: FaceAnswer | None, walker: Walker | None = None) -> Walker:
    walker = walker or looking()
    return walker.send(FaceWasChecked(walker.ticket("ticket"), answer))


def refused(fault: FaultCode = FaultCode.FACE_NOT_LIVE) -> FaceRefused:
    return FaceRefused(Refusal.ATTACK_PRESENTATION, fault, EVIDENCE)


def test_nobody_is_looked_at_before_they_agreed() -> None:
    walker = arrived()
    walker.at(FaceConsent)
    assert walker.asked(WarmFace) == WarmFace()
    assert not [effect for effect in walker.done if isinstance(effect, CheckFace | FindBills)]


def test_yes_has_the_camera_look_with_the_cards_picture_and_what_the_person_told() -> None:
    walker = looking(frozenset({Need.GLASSES}))
    task = walker.asked(CheckFace).task
    assert task.reference == PICTURE
    assert task.needs == frozenset({Need.GLASSES})


def asked(*, second: bool = False, certified: bool = False, **health: Health) -> Walker:
    doors = (Door.OUTPATIENT, Door.ADMISSION)
    return arrived(ZHANG, Rules(doors=doors, second_consent=second, certified_faces=certified), **health)


def test_the_second_question_is_asked_where_the_site_has_the_service_and_is_a_yes_of_its_own() -> None:
    walker = asked(second=True)
    assert walker.at(FaceConsent).asks is Asks.SECOND
    walker.send(FaceAgreed("1 zh abc"))
    assert not walker.asked(CheckFace).task.seconded
    walker = asked(second=True).send(FaceAgreed("1 zh abc seconded", seconded=True))
    assert walker.asked(CheckFace).task.seconded
    assert walker.asked(CheckFace).task.whose == ZHANG


def test_a_yes_to_what_was_not_asked_is_none() -> None:
    walker = asked().send(FaceAgreed("1 zh abc", seconded=True))
    assert not walker.asked(CheckFace).task.seconded


def test_the_second_yes_holds_for_the_second_try_too() -> None:
    walker = asked(second=True).send(FaceAgreed("1 zh abc seconded", seconded=True))
    answered(refused(), walker).send(Retried())
    assert walker.asked(CheckFace).task.seconded


def test_a_certified_terminal_needs_no_camera_of_ours_and_asks_in_words_of_its_own() -> None:
    gone = Health(DeviceState.OFFLINE, (FaultCode.CAMERA_GONE,))
    walker = asked(certified=True, camera=gone, face=Health(DeviceState.UNKNOWN))
    assert walker.at(FaceConsent).asks is Asks.CERTIFIED
    walker.send(FaceAgreed("1 zh abc"))
    assert walker.at(FaceChecking).elsewhere
    done = answered(FaceAccepted(replace(EVIDENCE, provider=Provider.CERTIFIED)), walker).at(FaceDone)
    assert done.authorised
    assert not answered(FaceAccepted(EVIDENCE)).at(FaceDone).authorised


def test_a_lost_terminal_is_said_before_anybody_is_asked() -> None:
    lost = Health(DeviceState.HARDWARE_ERROR, (FaultCode.FACE_TERMINAL_GONE,))
    assert asked(certified=True, face=lost).at(FaceElsewhere).fault is FaultCode.FACE_TERMINAL_GONE


@pytest.mark.parametrize("asks", [Asks.OURS, Asks.SECOND, Asks.CERTIFIED])
def test_every_sentence_that_is_agreed_to_is_spoken(asks: Asks) -> None:
    walker = asked(second=asks is Asks.SECOND, certified=asks is Asks.CERTIFIED)
    spoken = [part.message for part in prompt(walker.state) if isinstance(part, Sentence)]
    assert spoken == list(WORDS[asks])


AGENTS_CARD = replace(ID_CARD, number=ResidentId("111111195103021124"), name=PersonName("李桂花"))
AGENTS_PICTURE = Portrait(b"\x89PNG agent")


def for_another(person: Person = ZHANG, *, certified: bool = False, **health: Health) -> Walker:
    """A relative, after the patient's own card."""
    doors = (Door.OUTPATIENT, Door.ADMISSION)
    walker = Walker(Kiosk(Rules(doors=doors, relatives=(Door.ADMISSION,), certified_faces=certified)))
    for name, state in {"camera": ONLINE, "face": ONLINE, "id_reader": ONLINE, **health}.items():
        walker.send(DeviceChanged(name, state))
    walker.send(Entered(Door.ADMISSION), WhoseChosen(Whose.RELATIVE), IdCardPlaced())
    walker.send(IdCardWasRead(walker.ticket("ticket"), IdCardRead(ID_CARD, PICTURE), 44))
    walker.at(FindingPerson)
    return walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(person)))


def laid(walker: Walker, reading: IdCardReading | None, age: int | None = 45) -> Walker:
    walker.at(FaceAgent)
    walker.send(IdCardPlaced())
    return walker.send(IdCardWasRead(walker.ticket("reading"), reading, age))


def test_whoever_acts_for_the_patient_is_compared_with_their_own_card() -> None:
    walker = laid(for_another(), IdCardRead(AGENTS_CARD, AGENTS_PICTURE))
    consent = walker.at(FaceConsent)
    assert (consent.asks, consent.reference, consent.person) == (Asks.AGENT, AGENTS_PICTURE, ZHANG)
    walker.send(FaceAgreed("1 zh abc", seconded=True))
    task = walker.asked(CheckFace).task
    assert (task.purpose, task.reference) == (Purpose.PROXY, AGENTS_PICTURE)
    assert not task.seconded
    assert answered(FaceAccepted(EVIDENCE), walker).at(FaceDone).agent


def test_a_child_is_admitted_by_whoever_came_with_it() -> None:
    walker = laid(for_another(replace(ZHANG, age=6)), IdCardRead(AGENTS_CARD, AGENTS_PICTURE))
    walker.at(FaceConsent)


def test_the_patients_card_is_not_the_agents() -> None:
    walker = laid(for_another(), IdCardRead(ID_CARD, PICTURE))
    assert walker.at(FaceAgent).patients
    laid(walker, IdCardRead(AGENTS_CARD, AGENTS_PICTURE)).at(FaceConsent)


def test_a_card_that_was_lifted_is_asked_for_again() -> None:
    walker = laid(for_another(), IdCardNotRead(FaultCode.ID_CARD_LIFTED), None)
    assert walker.at(FaceAgent).again is FaultCode.ID_CARD_LIFTED
    assert laid(walker, None, None).at(FaceAgent).again is FaultCode.ID_CARD_UNREADABLE


def test_an_agents_expired_card_is_told_and_the_desk_stays_open() -> None:
    walker = for_another().send(IdCardPlaced())
    expired = IdCardWasRead(walker.ticket("reading"), IdCardRead(AGENTS_CARD, AGENTS_PICTURE), 45, expired=True)
    page = walker.send(expired).at(FaceAgent)
    assert page.again is FaultCode.CARD_EXPIRED
    assert Sentence("agent.expired_do") in prompt(walker.state)
    walker.send(AnotherWayChosen()).at(FaceElsewhere)


def test_a_child_acts_for_nobody() -> None:
    walker = laid(for_another(), IdCardRead(AGENTS_CARD, AGENTS_PICTURE), 13)
    assert walker.at(FaceElsewhere).fault is FaultCode.FACE_CHILD


@pytest.mark.parametrize(
    "walker",
    [
        lambda: for_another(id_reader=Health(DeviceState.OFFLINE)),
        lambda: for_another(camera=Health(DeviceState.OFFLINE)),
        lambda: for_another(certified=True),
        lambda: for_another().send(AnotherWayChosen()),
        lambda: for_another().send(IdCardPlaced()).wake(),
    ],
)
def test_the_desk_looks_at_both_cards_where_the_kiosk_cannot(walker: Callable[[], Walker]) -> None:
    assert walker().at(FaceElsewhere).person == ZHANG


def test_who_looks_for_their_card_is_asked_before_the_page_goes() -> None:
    walker = for_another().wake()
    assert isinstance(walker.at(StillThere).resume, FaceAgent)
    walker.send(Stayed()).at(FaceAgent)
    walker.wake()
    walker.at(StillThere)
    walker.send(IdCardPlaced())
    assert walker.at(FaceAgent).reading is not None


def test_an_agent_unlike_their_own_card_is_told_what_any_person_is_and_nothing_more() -> None:
    """A mismatch is for the desk to look at. Nothing of it is said or written of the patient."""
    walker = laid(for_another(), IdCardRead(AGENTS_CARD, AGENTS_PICTURE)).send(FaceAgreed("1 zh abc"))
    answered(refused(FaultCode.FACE_NOT_SAME), walker).send(Retried())
    ended = answered(refused(FaultCode.FACE_NOT_SAME), walker).at(FaceElsewhere)
    assert ended.fault is FaultCode.FACE_NOT_SAME
    assert ended.person == ZHANG


def test_a_living_person_of_the_card_goes_on() -> None:
    done = answered(FaceAccepted(EVIDENCE)).at(FaceDone)
    assert done.compared
    assert done.person == ZHANG


def test_without_a_picture_to_compare_nothing_is_said_of_who_it_is() -> None:
    assert not answered(FaceAccepted(replace(EVIDENCE, compared=False))).at(FaceDone).compared


def test_progress_is_shown_as_it_comes() -> None:
    walker, progress = looking(), FaceProgress(1, 2, Challenge.NOD)
    walker.send(FaceFollowed(walker.ticket("ticket"), progress))
    assert walker.at(FaceChecking).progress == progress


def test_after_two_tries_the_desk_looks_and_the_visit_is_kept() -> None:
    walker = answered(refused())
    assert walker.at(FaceAgain).fault is FaultCode.FACE_NOT_LIVE
    walker.send(Retried())
    assert walker.at(FaceChecking).tries == 2
    ended = answered(refused(FaultCode.FACE_NOT_SAME), walker).at(FaceElsewhere)
    assert (ended.fault, ended.person) == (FaultCode.FACE_NOT_SAME, ZHANG)


@pytest.mark.parametrize("fault", [FaultCode.CAMERA_GONE, FaultCode.CAMERA_FROZEN, FaultCode.FACE_MODELS_MISSING])
def test_what_no_second_try_mends_is_not_tried_twice(fault: FaultCode) -> None:
    assert answered(FaceNotTried(fault)).at(FaceElsewhere).fault is fault


@pytest.mark.parametrize("state", ["consent", "checking", "again"])
def test_there_is_another_way_from_every_page(state: str) -> None:
    walker = {"consent": arrived(), "checking": looking(), "again": answered(refused())}[state]
    walker.send(AnotherWayChosen())
    assert walker.at(FaceElsewhere).person == ZHANG
    assert state != "checking" or walker.asked(StopFace) == StopFace()


def test_a_late_answer_to_somebody_who_chose_another_way_is_nobodys() -> None:
    walker = looking()
    ticket = walker.ticket("ticket")
    walker.send(AnotherWayChosen(), FaceWasChecked(ticket, FaceAccepted(EVIDENCE)))
    walker.at(FaceElsewhere)


def test_a_child_is_not_asked() -> None:
    walker = arrived(replace(ZHANG, age=13))
    assert walker.at(FaceElsewhere).fault is FaultCode.FACE_CHILD
    arrived(replace(ZHANG, age=14)).at(FaceConsent)


@pytest.mark.parametrize(
    ("health", "fault"),
    [
        ({"camera": Health(DeviceState.OFFLINE, (FaultCode.CAMERA_GONE,))}, FaultCode.CAMERA_GONE),
        ({"face": Health(DeviceState.NO_DEVICE, (FaultCode.FACE_MODELS_MISSING,))}, FaultCode.FACE_MODELS_MISSING),
    ],
)
def test_a_machine_that_cannot_look_does_not_ask(health: dict[str, Health], fault: FaultCode) -> None:
    assert arrived(ZHANG, **health).at(FaceElsewhere).fault is fault


@pytest.mark.parametrize("end", ["accepted", "refused twice", "another way", "left"])
def test_the_cards_picture_is_let_go_of_with_the_check(end: str) -> None:
    walker = looking()
    assert PICTURE in reachable(walker.state)
    match end:
        case "accepted":
            answered(FaceAccepted(EVIDENCE), walker)
        case "refused twice":
            answered(refused(), walker).send(Retried())
            answered(refused(), walker)
        case "another way":
            walker.send(AnotherWayChosen())
        case _:
            answered(FaceAccepted(EVIDENCE), walker).send(Continued()).at(FindingAdmission)
    assert not [value for value in reachable(walker.state) if isinstance(value, Portrait)]


def test_who_stands_there_and_reads_is_asked_before_the_page_goes() -> None:
    walker = arrived().wake()
    assert isinstance(walker.at(StillThere).resume, FaceConsent)
    walker.send(Stayed()).at(FaceConsent)


def test_silence_of_the_camera_ends_at_the_desk() -> None:
    walker = looking().wake("patience")
    assert walker.at(FaceElsewhere).fault is FaultCode.CAMERA_GONE
    assert walker.asked(StopFace) == StopFace()


def test_a_consent_is_named_by_the_words_that_were_shown() -> None:
    words = {message: message for message in FACE}
    first = fingerprint("zh", words.__getitem__)
    assert first == fingerprint("zh", words.__getitem__)
    assert first != fingerprint("en", words.__getitem__)
    assert first != fingerprint("zh", {**words, FACE[0]: "other"}.__getitem__)
    assert face_record(FaceAgreed(first), 3).detail == first
    more = {message: message for message in (*FACE, *SECOND)}.__getitem__
    both = fingerprint("zh", more, Asks.SECOND, seconded=True)
    assert both == f"{fingerprint('zh', more, Asks.SECOND)} seconded"
    assert not both.startswith(first)


def test_the_audit_keeps_numbers_and_names_and_nothing_else() -> None:
    ticket = looking().ticket("ticket")
    record = face_record(FaceWasChecked(ticket, FaceAccepted(EVIDENCE)), 3)
    assert record.detail == "accepted local compared model=fb143eea0783 nod+blink likeness=0.710/0.415 4.2s"
    assert "F05" in face_record(FaceWasChecked(ticket, refused(FaultCode.FACE_NOT_SAME)), 3).detail
    assert face_record(FaceWasChecked(ticket, None), 3).detail == "stopped"
    assert face_record(AnotherWayChosen(), 3).visit == 3


def test_only_the_certified_and_the_platform_authorise() -> None:
    assert [provider for provider in Provider if provider.authorises] == [Provider.CERTIFIED, Provider.PLATFORM]


def test_what_our_own_camera_finds_cannot_bear_an_authorisation() -> None:
    with pytest.raises(ValueError, match="authorises nothing"):
        FaceAccepted(EVIDENCE, Voucher("ano1"))
    assert FaceAccepted(replace(EVIDENCE, provider=Provider.CERTIFIED), Voucher("ano1")).auth_no is not None


def test_whoever_says_no_is_registered_like_whoever_says_yes_and_the_hospital_knows_which() -> None:
    declined = arrived(ZHANG).send(AnotherWayChosen(), Continued())
    assert declined.at(FindingAdmission).seen is Seen.CARD
    child = arrived(replace(ZHANG, age=13)).send(Continued())
    assert child.at(FindingAdmission).seen is Seen.CARD
    looked_at = answered(FaceAccepted(replace(EVIDENCE, compared=True)), looking()).send(Continued())
    assert looked_at.at(FindingAdmission).seen is Seen.COMPARED
    there = answered(FaceAccepted(replace(EVIDENCE, compared=False)), looking()).send(Continued())
    assert there.at(FindingAdmission).seen is Seen.PRESENT


def test_whoever_was_looked_at_and_not_found_the_same_goes_to_the_desk() -> None:
    walker = looking()
    answered(refused(FaultCode.FACE_NOT_SAME), walker).send(Retried())
    answered(refused(FaultCode.FACE_NOT_SAME), walker).send(Continued()).at(Farewell)


def paying(person: Person = ZHANG, *, settles: bool = True, **health: Health) -> Walker:
    """Identified by a card at the till of a site with a certified terminal."""
    walker = Walker(Kiosk(Rules(certified_faces=True, face_settles=settles)))
    walker.send(DeviceChanged("face", health.get("face", Health(DeviceState.UNKNOWN))))
    walker.to_card_read()
    return walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(person)))


def on_the_terminals_word(answer: FaceAnswer) -> Walker:
    return answered(answer, paying().send(FaceAgreed("1 zh abc")))


AUTHORISED = FaceAccepted(replace(EVIDENCE, provider=Provider.CERTIFIED), Voucher("ano1"), HOLDER)


def test_a_settlement_may_rest_on_the_terminals_word_in_place_of_the_cards() -> None:
    walker = paying()
    assert walker.at(FaceConsent).asks is Asks.SETTLING
    assert [part.message for part in prompt(walker.state) if isinstance(part, Sentence)] == list(WORDS[Asks.SETTLING])
    walker.send(FaceAgreed("1 zh abc"))
    task = walker.asked(CheckFace).task
    assert (task.purpose, task.whose, task.reference) == (Purpose.SETTLING, ZHANG, None)
    answered(AUTHORISED, walker).at(FaceDone)
    walker.send(Continued())
    person = walker.asked(FindBills).person
    assert person == replace(ZHANG, credential=HOLDER.credential)
    assert (person.credential.cert_type, person.credential.number) == (CertType.VOUCHER, HOLDER.token)


def test_who_says_no_settles_with_the_card() -> None:
    walker = paying().send(AnotherWayChosen())
    assert walker.asked(FindBills).person == ZHANG


@pytest.mark.parametrize("fault", [FaultCode.FACE_TERMINAL_GONE, FaultCode.FACE_NOT_DONE])
def test_a_terminal_that_finds_nothing_out_costs_nobody_their_card(fault: FaultCode) -> None:
    assert on_the_terminals_word(FaceNotTried(fault)).asked(FindBills).person == ZHANG


def test_anothers_face_is_for_the_desk_to_look_at() -> None:
    walker = on_the_terminals_word(refused(FaultCode.FACE_NOT_SAME))
    walker.at(FaceAgain)
    answered(refused(FaultCode.FACE_NOT_SAME), walker.send(Retried()))
    screen = walker.at(FaceElsewhere)
    assert (screen.fault, screen.goes_on) == (FaultCode.FACE_NOT_SAME, False)
    assert walker.send(Continued()).asked_not(FindBills)


@pytest.mark.parametrize("provider", [Provider.LOCAL, Provider.PLATFORM])
def test_what_nobody_may_settle_on_changes_no_credential(provider: Provider) -> None:
    """Our own camera never; the province's number has no published place in a 2207."""
    walker = on_the_terminals_word(FaceAccepted(replace(EVIDENCE, provider=provider)))
    assert walker.asked(FindBills).person == ZHANG


def test_our_own_camera_can_name_nobody_to_settle_for() -> None:
    with pytest.raises(ValueError, match="authorises nothing"):
        FaceAccepted(EVIDENCE, holder=HOLDER)


@pytest.mark.parametrize(
    "walker",
    [
        lambda: paying(settles=False),
        lambda: paying(replace(ZHANG, age=13)),
        lambda: paying(face=Health(DeviceState.HARDWARE_ERROR, (FaultCode.FACE_TERMINAL_GONE,))),
    ],
    ids=["not here", "a child", "no terminal"],
)
def test_where_nobody_can_be_asked_the_card_settles_unasked(walker: Callable[[], Walker]) -> None:
    assert walker().asked(FindBills).person.credential == ZHANG.credential
