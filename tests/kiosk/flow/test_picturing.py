"""A material that is photographed: asked again in words, sent at once, kept nowhere, and never the only way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.domain.catalogue import Way
from kiosk.domain.speech import Text, Tone
from kiosk.faults import FaultCode
from kiosk.flow.effects import ConfirmFiling, SendPicture, TakePicture
from kiosk.flow.events import (
    Continued,
    DeviceChanged,
    Event,
    LineReopened,
    OptionPicked,
    OtherWayWanted,
    PictureWanted,
    Stayed,
    WentBack,
)
from kiosk.flow.picture_events import PictureWasSent, PictureWasTaken
from kiosk.flow.served_states import Capturing, Choosing, Committing, Reviewing
from kiosk.flow.speech import prompt
from kiosk.flow.states import Kiosk, StillThere
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.filing import Attached, Prepared
from kiosk.ports.health import DeviceState, Health
from kiosk.ports.photograph import Photograph, PictureTrouble
from tests.kiosk.flow.clerk import Clerk, rules
from tests.kiosk.flow.walker import reachable

PHOTOGRAPH = Photograph(b"\xff\xd8 of somebody \xff\xd9", 800, 600)
GONE = DeviceChanged("document_camera", Health(DeviceState.NO_DEVICE))
NOTHING = Prepared(fetched=frozenset({"records"}))


def asked(*, photographs: bool = True) -> Clerk:
    """How will you give the diagnosis certificate?"""
    one = Clerk(Kiosk(replace(rules(), photographs=photographs)))
    one.to_filing("chronic-application", told=NOTHING)
    while not (isinstance(one.screen, Choosing) and "material-" in getattr(one.screen.desk, "asked", "")):
        one.fill_one()
    return one


def ways(one: Clerk) -> list[str]:
    return [option.key for option in one.at(Choosing).page.options]


def at_camera() -> Clerk:
    return asked().touch(OptionPicked("photographed"))


def shot(answer: Photograph | PictureTrouble | None) -> Clerk:
    one = at_camera().touch(PictureWanted())
    one.send(PictureWasTaken(one.asked(TakePicture).ticket, answer))
    return one


def test_where_there_is_no_camera_nobody_is_offered_one() -> None:
    assert ways(asked()) == ["photographed", "deferred", "window"]
    assert ways(asked(photographs=False)) == ["deferred", "window"]
    one = asked()
    one.send(GONE)
    assert isinstance(one.touch(OptionPicked("photographed")).screen, Choosing)


@pytest.mark.parametrize("trouble", PictureTrouble)
def test_what_will_not_do_is_asked_for_again_in_words(trouble: PictureTrouble) -> None:
    one = shot(trouble)
    page = one.at(Capturing).page
    assert page.error == one.state.rules.book.say(f"services.picture.{trouble}")
    assert page.error.of("en") != page.error.zh
    assert page.ready
    assert prompt(one.state)[:2] == (Tone.REFUSED, Text(page.error.zh, public=True))
    assert one.asked_not(SendPicture)


def test_a_good_one_goes_to_the_receiver_and_stays_nowhere() -> None:
    one = shot(PHOTOGRAPH)
    sent = one.asked(SendPicture)
    assert (sent.item, sent.material, sent.photograph) == ("chronic-application", "diagnosis", PHOTOGRAPH)
    assert not any(thing is PHOTOGRAPH for thing in reachable(one.state))
    one.send(PictureWasSent(sent.ticket, Attached("P1")))
    one.fill().touch(Continued())
    assert isinstance(one.screen, Committing)
    one.hand_in_promised()
    handed = {row.material: row for row in one.asked(ConfirmFiling).application.materials}
    assert (handed["diagnosis"].way, handed["diagnosis"].pictures) == (Way.PHOTOGRAPHED, ("P1",))
    assert handed["records"].pictures == ()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Refused(FaultCode.FILING_REFUSED, "照片太小，看不清，请再拍一次"), "照片太小"),
        (NotSent(FaultCode.OFFICE_UNREACHABLE), "没有交上去"),
        (Unknown(FaultCode.REPLY_BROKEN), "没有交上去"),
    ],
)
def test_what_the_receiver_will_not_take_or_did_not_get_is_taken_again(
    answer: Refused | NotSent | Unknown, said: str
) -> None:
    one = shot(PHOTOGRAPH)
    one.send(PictureWasSent(one.asked(SendPicture).ticket, answer))
    assert said in one.at(Capturing).page.error.zh
    assert one.touch(PictureWanted()).asked(TakePicture).seconds > 0


def test_one_picture_at_a_time() -> None:
    one = at_camera().touch(PictureWanted())
    assert not one.at(Capturing).page.ready
    assert one.touch(PictureWanted()).asked_not(TakePicture)


@pytest.mark.parametrize("event", [OtherWayWanted(), WentBack(), GONE])
def test_another_way_stays_open_and_is_the_only_one_when_the_camera_is_gone(event: Event) -> None:
    one = at_camera()
    one.send(event)
    assert ("photographed" in ways(one)) == (event is not GONE)
    one.touch(OptionPicked("deferred"))
    assert isinstance(one.fill().screen, Reviewing)


def test_a_camera_that_is_lost_leads_to_the_other_ways() -> None:
    assert isinstance(shot(None).screen, Choosing)


def test_a_picture_is_taken_anew_from_the_review() -> None:
    one = shot(PHOTOGRAPH)
    one.send(PictureWasSent(one.asked(SendPicture).ticket, Attached("P1")))
    one.fill().touch(LineReopened("material-diagnosis"), OptionPicked("window"))
    lines = {line.key: line.value.reveal() for line in one.at(Reviewing).page.lines}
    assert lines["material-diagnosis"] == "到窗口交"


def test_whoever_is_asked_whether_they_are_there_may_take_it_afterwards() -> None:
    one = at_camera().touch(PictureWanted())
    late = one.asked(TakePicture).ticket
    one.wake()
    assert isinstance(one.screen, StillThere)
    one.send(PictureWasTaken(late, PHOTOGRAPH))
    assert isinstance(one.screen, StillThere)
    one.touch(Stayed())
    assert one.at(Capturing).page.ready
    assert one.touch(PictureWanted()).asked(TakePicture).seconds > 0
