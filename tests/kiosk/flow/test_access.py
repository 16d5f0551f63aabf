"""How a person may be served: spoken to, by keys, unhurried, with somebody called; and that it goes with them."""

from __future__ import annotations

import random
import typing
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.money import Money
from kiosk.domain.personal import Voucher
from kiosk.domain.speech import Amount, Output, Part, Sentence, Text, Tone, private
from kiosk.faults import FaultCode
from kiosk.flow.access_states import Access, Helping, StaffDoor, StaffInside
from kiosk.flow.aid_intents import HelperJoined
from kiosk.flow.effects import CheckStaff, Say, ScanCode, Steer, StopScanning, Wake
from kiosk.flow.events import (
    AidClosed,
    AloudChosen,
    BillsWereSought,
    CodeWasScanned,
    Continued,
    Focused,
    HeadsetChanged,
    HelpCalled,
    Left,
    LookChosen,
    LowReachChosen,
    PersonWasSought,
    Retried,
    SpeechChosen,
    StaffCalled,
    StaffCodeEntered,
    StaffWasChecked,
    Stayed,
    WentBack,
    Woke,
)
from kiosk.flow.rules import Look, Rules, Whose
from kiosk.flow.served_states import Served
from kiosk.flow.speech import RELATIVE_FORMS, aloud, prompt
from kiosk.flow.states import (
    AtWindow,
    AwaitingCard,
    AwaitingCode,
    ChoosingBill,
    Confirming,
    EnteringPin,
    Explaining,
    Failed,
    Farewell,
    FindingBills,
    Home,
    Kiosk,
    NextSteps,
    Screen,
    StillThere,
)
from kiosk.flow.step import step, waited_for
from kiosk.flow.ticket import Ticket
from kiosk.flow.turn import Reading
from kiosk.installed import config_dir
from kiosk.messages import TO_A_RELATIVE, Catalogue
from kiosk.ports.answers import NotSent
from kiosk.ports.hospital import Bills
from kiosk.ports.keypad import DIGITS, Key, KeyPressed
from kiosk.ports.scanner import CodeScanned
from kiosk.ports.settlement import PersonFound
from tests.kiosk.flow.crowd import Crowd
from tests.kiosk.flow.walker import COMPLETED, QUOTED, Walker, alarms
from tests.support import states
from tests.support.people import BATCH, ZHANG

TEXTS = Catalogue.read(config_dir() / "texts")
SAMPLES = states.samples()
PLUGGED = HeadsetChanged(plugged=True)


def said(walker: Walker) -> tuple[Part, ...]:
    return walker.asked(Say).speech.parts


def keys(walker: Walker, *pressed: Key) -> Walker:
    return walker.send(*(KeyPressed(key) for key in pressed))


def sentences(parts: tuple[Part, ...]) -> set[str]:
    return {part.message for part in parts if isinstance(part, Sentence)}


# --- speech ---


def test_every_page_has_something_to_say_and_every_sentence_exists_with_nothing_to_fill_in() -> None:
    told = {type(kiosk.screen): prompt(kiosk) for kiosk in SAMPLES.values()}
    own = set(typing.get_args(Screen)) - set(typing.get_args(Served))  # services are heard in test_services.py
    assert {kind for kind in own if not told.get(kind)} == set()
    assert {name for name, kiosk in (SAMPLES | states.aided()).items() if not prompt(kiosk)} == set()
    for kiosk in SAMPLES.values():
        for lang in TEXTS.languages:
            spoken = TEXTS.of(lang)
            assert [message for message in sentences(prompt(kiosk)) if spoken.placeholders(message)] == []


def test_nobody_is_spoken_to_who_did_not_ask() -> None:
    walker = Walker().to_next_steps()
    assert not any(isinstance(effect, Say | Steer) for effect in walker.done)


def test_a_plugged_headset_begins_to_speak_and_gets_everything() -> None:
    walker = Walker().send(PLUGGED)
    assert walker.asked(Say).speech.output is Output.HEADSET
    assert "say.home" in sentences(said(walker))
    amounts = [part for part in said(walker.to_quote()) if isinstance(part, Amount)]
    assert Amount(Money(1000)) in amounts


def test_into_the_room_goes_nothing_private_until_the_person_says_so() -> None:
    walker = Walker().send(SpeechChosen(on=True)).to_quote()
    assert not any(private(part) for effect in walker.done if isinstance(effect, Say) for part in effect.speech.parts)
    assert "say.private" in sentences(said(walker))
    walker.send(AloudChosen(on=True), KeyPressed(Key.REPEAT), KeyPressed(Key.REPEAT))
    assert Amount(Money(1000)) in said(walker)


def test_pulling_the_headset_out_makes_it_discreet_at_once() -> None:
    walker = Walker().send(PLUGGED).to_quote().send(HeadsetChanged(plugged=False))
    walker.send(Continued())
    assert walker.asked(Say).speech.output is Output.ROOM
    assert not any(private(part) for part in said(walker))


def test_speech_that_is_no_longer_wanted_is_cut_off() -> None:
    walker = Walker().send(SpeechChosen(on=True)).send(SpeechChosen(on=False))
    assert said(walker) == ()
    assert walker.to_bills().asked_not(Say)


def test_a_relative_hears_of_the_patient_and_no_more_than_the_patient_would_hear_aloud() -> None:
    """Every sentence of a prompt that has a form for relatives is said in it; a name of an amount stays one."""
    texts, met = TEXTS.of("zh"), set[str]()
    for kiosk in SAMPLES.values():
        patient, relative = (replace(kiosk, whose=whose) for whose in Whose)
        plain, formed = sentences(prompt(patient)), sentences(prompt(relative))
        assert formed == {form if (form := f"{one}{TO_A_RELATIVE}") in texts else one for one in plain}
        assert len(aloud(relative, prompt(relative))) == len(aloud(patient, prompt(patient)))
        met |= RELATIVE_FORMS & plain
    assert met == RELATIVE_FORMS - {"say.chronic"}, "samples say all of them but for an ordinary prescription"
    assert f"say.chronic{TO_A_RELATIVE}" in texts


def test_what_the_keys_came_to_is_said_at_once_and_what_the_page_brought_after_its_prompt() -> None:
    walker = keys(Walker(), Key.NEXT).to_bills()
    walker.send(Focused((Text("缴这一笔"),), moved=True))
    assert not walker.asked(Say).speech.queued
    walker.send(Focused((Sentence("bills.leave"),)))
    assert walker.asked(Say).speech.queued


def test_the_scanners_window_ticks_and_a_bad_code_falls() -> None:
    walker = Walker().send(PLUGGED).to_code()
    assert any(Tone.LOOKING in effect.speech.parts for effect in walker.done if isinstance(effect, Say))
    refused = replace(walker.state, screen=replace(walker.at(AwaitingCode), again=FaultCode.CODE_UNREADABLE))
    assert prompt(refused)[0] is Tone.REFUSED


@given(st.integers(-9, 9), st.integers(-9, 9))
def test_volume_and_rate_stay_in_their_range(louder: int, faster: int) -> None:
    walker = keys(Walker(), Key.REPEAT)
    keys(walker, *[Key.LOUDER if louder > 0 else Key.QUIETER] * abs(louder))
    keys(walker, *[Key.FASTER if faster > 0 else Key.SLOWER] * abs(faster), Key.REPEAT)
    speech = next(effect.speech for effect in walker.effects if isinstance(effect, Say))
    assert speech.volume == max(1, min(5, 3 + louder))
    assert speech.rate == max(1, min(5, 3 + faster))


# --- keys ---


def test_the_first_key_wakes_keys_and_speech_and_presses_nothing() -> None:
    walker = keys(Walker().to_quote(), Key.SELECT)
    walker.at(Explaining)
    assert walker.asked_not(Steer)
    assert (walker.state.access.keypad, walker.state.access.speaking) == (True, True)
    assert "say.keys" in sentences(said(walker))


def test_keys_that_move_go_to_the_page_and_say_that_somebody_is_there() -> None:
    walker = keys(Walker(), Key.NEXT).to_bills()
    before = walker.ticket("ticket")
    for key in (Key.NEXT, Key.PREVIOUS, Key.SELECT, *DIGITS):
        keys(walker, key)
        assert walker.asked(Steer).key is key
    assert walker.ticket("ticket") != before


def test_back_goes_back_and_help_calls_also_as_the_first_key() -> None:
    walker = keys(Walker().to_quote().send(Continued()), Key.NEXT, Key.BACK)
    walker.at(Explaining)
    assert isinstance(keys(walker, Key.HELP).state.aid, Helping)
    assert keys(walker, Key.BACK).state.aid is None
    assert isinstance(keys(Walker(), Key.HELP).state.aid, Helping)


def test_any_key_answers_are_you_still_there() -> None:
    for key in Key:
        walker = keys(Walker(), Key.NEXT).to_quote().wake()
        walker.at(StillThere)
        if key not in {Key.BACK, Key.HELP}:
            keys(walker, key).at(Explaining)


def test_a_key_does_not_interrupt_the_scanner() -> None:
    walker = keys(Walker(), Key.NEXT).to_code()
    before = walker.at(AwaitingCode)
    assert keys(walker, Key.NEXT).at(AwaitingCode) == before


# --- 关怀 ---


def test_care_is_suggested_by_age_and_only_then() -> None:
    for age, offered in ((64, False), (65, True), (93, True)):
        walker = Walker().to_card_read()
        walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(replace(ZHANG, age=age))))
        assert walker.state.access.offered is offered
        assert not walker.state.care, "it is offered, never forced"


def test_care_is_shorter_slower_and_spoken() -> None:
    walker = Walker().send(LookChosen(Look.ELDER)).to_card_read()
    walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(ZHANG)))
    walker.send(BillsWereSought(walker.ticket("ticket"), Bills((BATCH,)))).report(QUOTED, "ticket")
    page = walker.at(Confirming)
    assert alarms(walker.done)[page.ticket] == Rules().read_page * 2
    assert any(isinstance(effect, Say) for effect in walker.effects)
    walker.send(WentBack()).at(Explaining)


def test_care_still_explains_what_has_to_be_known() -> None:
    several = Walker(Kiosk(Rules(), look=Look.ELDER)).to_card_read()
    several.send(PersonWasSought(several.ticket("ticket"), PersonFound(ZHANG)))
    second = replace(BATCH, batch_no="B2")
    several.send(BillsWereSought(several.ticket("ticket"), Bills((BATCH, second)))).at(ChoosingBill)


def test_the_suggestion_is_forgotten_with_the_person() -> None:
    walker = Walker().to_card_read()
    walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(replace(ZHANG, age=80))))
    walker.send(BillsWereSought(walker.ticket("ticket"), Bills((BATCH,))), Left()).at(Farewell)
    assert not walker.state.access.offered


# --- time ---


@given(st.integers(10, 40), st.sampled_from((Stayed(), Continued())))
def test_the_warning_may_be_answered_as_often_as_one_likes(times: int, answer: Stayed | Continued) -> None:
    walker = Walker().to_quote()
    for _ in range(times):
        walker.wake().at(StillThere)
        assert alarms(walker.done)[walker.ticket("ticket")] >= 20
        walker.send(answer).at(Explaining)
    walker.send(Continued()).at(Confirming)


def test_the_warning_is_spoken() -> None:
    walker = Walker().send(PLUGGED).to_quote().wake()
    assert sentences(said(walker)) == {"say.still_there"}


def test_nobody_is_sent_away_while_a_printer_works() -> None:
    walker = Walker().to_next_steps().wake()
    assert walker.at(NextSteps).late
    walker.wake().at(Farewell)


def test_trying_again_keeps_the_person_who_was_found() -> None:
    walker = Walker().to_card_read()
    walker.send(PersonWasSought(walker.ticket("ticket"), PersonFound(ZHANG)))
    walker.send(BillsWereSought(walker.ticket("ticket"), NotSent(FaultCode.HOSPITAL_UNREACHABLE))).at(Failed)
    assert walker.send(Retried()).at(FindingBills).person == ZHANG


@given(st.randoms(use_true_random=False), st.integers(1, 80))
def test_no_way_within_a_visit_asks_again_who_is_there(dice: random.Random, steps: int) -> None:
    """From a page that knows the person, the pages that ask for a card come only after a farewell."""
    crowd = Crowd(dice)
    known = False
    for _ in range(steps):
        crowd.walk(1)
        screen = crowd.state.screen
        if isinstance(screen, Farewell | Home):
            known = False
        elif isinstance(screen, FindingBills | ChoosingBill | Explaining):
            known = True
        assert not (known and isinstance(screen, AwaitingCard)), "asked twice"


def test_choices_end_with_the_visit_and_at_a_home_page_nobody_leaves() -> None:
    walker = Walker().send(SpeechChosen(on=True), LowReachChosen(on=True)).to_bills().send(LookChosen(Look.ELDER))
    assert (walker.state.access.low, walker.state.care) == (True, True)
    walker.send(Left()).take_card().wake().at(Home)
    assert (walker.state.access, walker.state.look) == (Access(), Look.STANDARD)
    walker.send(LowReachChosen(on=True))
    ticket = walker.state.access.ticket
    assert ticket is not None
    assert walker.send(Woke(ticket)).state.access == Access()


# --- help and staff ---


@pytest.mark.parametrize("name", SAMPLES)
def test_help_is_called_from_every_page_and_the_page_is_still_there_afterwards(name: str) -> None:
    state = replace(SAMPLES[name], ticket=Ticket(1, 50))
    helped = step(state, HelpCalled()).state
    assert isinstance(helped.aid, Helping)
    assert helped.aid.ticket in waited_for(helped)
    assert type(helped.screen) is type(state.screen)
    back = step(helped, AidClosed()).state
    assert (back.aid, type(back.screen)) == (None, type(state.screen))


def test_a_page_does_not_end_while_help_is_on_its_way() -> None:
    walker = Walker().to_quote().send(HelpCalled())
    for _ in range(5):
        walker.wake().at(Explaining)
    walker.send(AidClosed())
    assert any(isinstance(effect, Wake) for effect in walker.effects), "its patience begins anew"
    walker.wake().at(StillThere)


@pytest.mark.parametrize("name", [name for name, kiosk in SAMPLES.items() if isinstance(kiosk.screen, Reading)])
def test_no_page_that_somebody_reads_ends_while_help_is_on_its_way(name: str) -> None:
    state = replace(SAMPLES[name], ticket=Ticket(1, 50))
    assert isinstance(state.screen, Reading)
    over = state.screen.ticket
    after = step(step(state, HelpCalled()).state, Woke(over)).state.screen
    assert isinstance(after, type(state.screen))
    assert after.ticket != over, "its patience begins anew"


def test_every_page_that_ends_by_itself_is_one_that_help_holds() -> None:
    """What a page told would be gone when help comes. A password that is half typed does not wait, nor a goodbye."""
    alone = {
        type(kiosk.screen)
        for kiosk in SAMPLES.values()
        for ticket in [getattr(kiosk.screen, "ticket", None)]
        if ticket is not None and isinstance(step(kiosk, Woke(ticket)).state.screen, Farewell)
    }
    assert {NextSteps, Failed, AtWindow} <= alone
    assert alone - set(typing.get_args(Reading)) == {EnteringPin, Farewell}


def test_money_goes_on_beneath_help() -> None:
    walker = Walker().to_settling().send(HelpCalled()).report(COMPLETED)
    walker.at(NextSteps)
    assert isinstance(walker.state.aid, Helping)


def test_help_ends_by_itself() -> None:
    walker = Walker().to_quote().send(HelpCalled())
    aid = walker.state.aid
    assert isinstance(aid, Helping)
    assert walker.send(Woke(aid.ticket)).state.aid is None
    walker.at(Explaining)


def staffed() -> Walker:
    return Walker(Kiosk(Rules(staff=True)))


def door(walker: Walker) -> StaffDoor:
    assert isinstance(walker.state.aid, StaffDoor)
    return walker.state.aid


def test_where_nobody_has_a_code_there_is_no_entrance() -> None:
    assert Walker().send(StaffCalled()).state.aid is None


def test_staff_come_in_by_code_or_badge_from_any_page() -> None:
    for walker in (staffed(), staffed().to_bills(), staffed().to_settling()):
        scan = door(walker.send(StaffCalled())).scan
        assert walker.asked(ScanCode).ticket == scan
        assert scan is not None
        walker.send(CodeWasScanned(scan, CodeScanned(Voucher("BADGE-0417"))))
        checking = walker.asked(CheckStaff).ticket
        walker.send(StaffWasChecked(checking, "0417"))
        assert walker.state.aid == StaffInside(walker.state.ticket, "0417")
        assert walker.send(AidClosed()).state.aid is None


def inside(walker: Walker) -> Walker:
    walker.send(StaffCalled(), StaffCodeEntered(Voucher("0417")))
    return walker.send(StaffWasChecked(walker.asked(CheckStaff).ticket, "0417"))


def test_staff_stay_beside_a_person_until_money_is_asked_for() -> None:
    walker = inside(staffed().to_quote()).send(HelperJoined())
    assert (walker.state.helper, walker.state.aid) == ("0417", None)
    walker.send(Continued())
    assert isinstance(walker.screen, Confirming)
    assert walker.state.helper == ""


def test_nobody_helps_where_nobody_is_or_where_money_is_decided() -> None:
    for walker in (staffed(), staffed().to_code(), staffed().to_settling()):
        assert inside(walker).send(HelperJoined()).state.helper == ""
    assert staffed().to_quote().send(HelperJoined()).state.helper == "", "only who came in by the staff's door"


def test_a_helper_is_gone_with_the_visit() -> None:
    walker = inside(staffed().to_bills()).send(HelperJoined())
    assert walker.state.helper == "0417"
    assert walker.send(Left()).state.helper == ""


def test_a_wrong_code_is_told_and_the_lock_too() -> None:
    walker = staffed().send(StaffCalled(), StaffCodeEntered(Voucher("000000")))
    walker.send(StaffCodeEntered(Voucher("111111")))
    assert walker.asked_not(CheckStaff), "one at a time"
    checking = door(walker).checking
    assert checking is not None
    walker.send(StaffWasChecked(checking, None, 30.0))
    assert (door(walker).refused, door(walker).wait, door(walker).checking) == (True, 30.0, None)


def test_where_the_scanner_looks_for_a_payment_code_a_badge_does_not_take_it_away() -> None:
    walker = staffed().to_code().send(StaffCalled())
    assert door(walker).scan is None
    assert walker.asked_not(ScanCode)


def test_the_scanner_is_let_go_when_the_door_closes() -> None:
    walker = staffed().send(StaffCalled(), AidClosed())
    walker.asked(StopScanning)


def test_an_answer_for_a_door_that_is_closed_opens_nothing() -> None:
    walker = staffed().send(StaffCalled(), StaffCodeEntered(Voucher("000000")))
    checking = door(walker).checking
    assert checking is not None
    walker.send(AidClosed())
    assert walker.send(StaffWasChecked(checking, "0417")).state.aid is None
