"""What lies over every page, the home page of 关怀, and that a seated person reaches everything."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from kiosk.flow.access_states import Access, Aid, Helping, StaffDoor, StaffInside
from kiosk.flow.events import (
    AidClosed,
    AloudChosen,
    Entered,
    HelpCalled,
    LookChosen,
    LowReachChosen,
    SpeechChosen,
    StaffCalled,
    StaffCodeEntered,
)
from kiosk.flow.rules import Door, Look
from kiosk.flow.states import (
    Kiosk,
)
from kiosk.ports.health import DeviceState, Health
from kiosk.ports.keypad import Key
from screens.frame import REACH_MM
from screens.router import AIDS
from screens.steering import Steering
from tests.screens.conftest import MakeGlass
from tests.screens.glass import Glass
from tests.support import states
from tests.support.states import T

SAMPLES = states.samples()
BOTTOM_MM = 750.0
MOVERS = {"看上面", "看下面"}
ONE_A_PAGE = tuple({type(kiosk.screen): name for name, kiosk in reversed(SAMPLES.items())}.values())


def voiced(kiosk: Kiosk) -> Kiosk:
    """With a voice that works."""
    health = {**kiosk.fixtures.health, "speaker": Health(DeviceState.ONLINE)}
    return replace(kiosk, fixtures=replace(kiosk.fixtures, health=health))


def named(glass: Glass) -> list[str]:
    return [button.name for button in glass.controls()]


def test_every_aid_has_a_page() -> None:
    assert set(AIDS) == set(get_args(Aid))


@pytest.mark.parametrize("name", ONE_A_PAGE)
def test_help_is_one_tap_away_on_every_page_and_so_is_the_way_back(glass: Glass, name: str) -> None:
    glass.show(SAMPLES[name])
    glass.tap("请人帮忙")
    assert glass.intents() == [HelpCalled()]
    glass.show(replace(SAMPLES[name], aid=Helping(T)))
    assert "正在请工作人员" in glass.written()
    assert "门诊楼" in glass.written()
    assert type(SAMPLES[name].screen).__name__ in glass.written()
    back = [button for button in glass.buttons() if button.name == "接着办"]
    assert len(back) == 1


def test_speech_is_offered_where_there_is_a_voice_and_aloud_where_there_is_no_headset(glass: Glass) -> None:
    glass.show(SAMPLES["explaining"])
    assert "念给我听" not in named(glass)
    glass.show(voiced(SAMPLES["explaining"]))
    glass.tap("念给我听")
    assert glass.intents() == [SpeechChosen(on=True)]
    speaking = replace(voiced(SAMPLES["explaining"]), access=Access(speaking=True))
    glass.show(speaking)
    glass.tap("念出金额")
    assert glass.intents() == [AloudChosen(on=True)]
    glass.show(replace(speaking, fixtures=replace(speaking.fixtures, headset=True)))
    assert "念出金额" not in named(glass)


def test_the_staffs_door_takes_figures_shows_none_and_lets_somebody_in(glass: Glass) -> None:
    glass.panel.router.frame.staff()
    assert glass.intents() == [StaffCalled()]
    glass.show(replace(SAMPLES["home"], aid=StaffDoor(T, T)))
    assert "进入" not in named(glass)
    for figure in "480913":
        glass.tap(figure)
    assert "480913" not in glass.written()
    assert "●●●●●●" in glass.written()
    glass.tap("进入")
    (entered,) = glass.intents()
    assert isinstance(entered, StaffCodeEntered)
    assert entered.code.reveal() == "480913"
    assert "480913" not in repr(entered)
    glass.show(replace(SAMPLES["home"], aid=StaffDoor(T, T, None, refused=True, wait=75.0)))
    assert "请过 2 分钟再试" in glass.written()


def test_the_door_is_worked_by_keys_alone(glass: Glass) -> None:
    glass.show(replace(SAMPLES["home"], aid=StaffDoor(T, T)))
    steering = Steering(glass.window, glass.panel.router._stage)
    for key in (Key.DIGIT_4, Key.DIGIT_8, Key.DIGIT_0):
        steering.press(key)
    glass.rest()
    assert "●●●" in glass.written()


def test_behind_the_door_stand_the_devices_and_the_faults(glass: Glass) -> None:
    inside = replace(SAMPLES["out-of-service"], aid=StaffInside(T, "0417"))
    glass.show(inside)
    assert "0417" in glass.written()
    assert "读卡器" in glass.written()
    glass.tap("离开")
    assert glass.intents() == [AidClosed()]


def test_care_has_four_things_to_press_at_home_each_as_large_as_a_hand(glass: Glass) -> None:
    glass.show(replace(voiced(SAMPLES["home"]), look=Look.ELDER))
    tiles = glass.buttons()
    assert [tile.name for tile in tiles] == ["门诊缴费", "念给我听", "请人帮忙", "普通版"]
    px_per_mm = glass.window.width() / 336
    assert min(tile.place.height() for tile in tiles) >= 25 * px_per_mm
    for tile, meant in zip(
        ("门诊缴费", "念给我听", "普通版"),
        (Entered(Door.OUTPATIENT), SpeechChosen(on=True), LookChosen(Look.STANDARD)),
        strict=True,
    ):
        centre = next(button for button in tiles if button.name == tile).centre()
        glass.press(centre)
        glass.release(centre)
        assert glass.intents() == [meant]


def test_care_is_offered_by_a_button_more_and_declined_by_another(glass: Glass) -> None:
    offered = replace(SAMPLES["choosing-bill"], access=Access(offered=True))
    glass.show(offered)
    glass.tap("换成字大")
    glass.tap("不用了")
    assert glass.intents() == [LookChosen(Look.ELDER), LookChosen(Look.STANDARD)]
    glass.show(replace(offered, access=Access()))
    assert not [name for name in named(glass) if name.startswith("换成字大")]


def test_everything_simulated_says_so_across_the_page(glass: Glass) -> None:
    for simulated in (True, False):
        home = SAMPLES["home"]
        glass.show(replace(home, fixtures=replace(home.fixtures, simulated=simulated)))
        marks = [item for item in glass.items() if item.objectName() == "watermark"]
        assert bool(marks) is simulated
        assert ("模拟演示" in glass.written()) is simulated


@pytest.mark.parametrize("look", [Look.STANDARD, Look.ELDER])
def test_a_seated_person_reaches_everything(make_glass: MakeGlass, look: Look) -> None:
    """Every control of every page lies below 1220 mm once the buttons are lowered."""
    glass = make_glass(bottom_mm=BOTTOM_MM)
    mm = 336 / glass.window.width()
    height = glass.window.height() * mm
    for name in ONE_A_PAGE:
        glass.show(replace(SAMPLES[name], look=look, access=Access(low=True)))
        tops = {button.name: BOTTOM_MM + height - button.place.top() * mm for button in glass.controls()}
        too_high = {control: round(top) for control, top in tops.items() if top > REACH_MM + 1}
        assert too_high == {}, name


def test_lowering_is_offered_only_where_something_is_too_high(make_glass: MakeGlass) -> None:
    tall, short = make_glass(bottom_mm=BOTTOM_MM), make_glass(bottom_mm=400.0)
    tall.show(SAMPLES["home"])
    tall.tap("按键放低")
    assert tall.intents() == [LowReachChosen(on=True)]
    short.show(SAMPLES["home"])
    assert "按键放低" not in named(short)


@pytest.mark.parametrize("name", ONE_A_PAGE)
def test_keys_come_to_every_control_in_the_order_of_the_page_and_each_has_a_name(glass: Glass, name: str) -> None:
    glass.show(voiced(SAMPLES[name]))
    wanted = {button.name for button in glass.controls() if button.item.isEnabled()}
    steering, came = Steering(glass.window, glass.panel.router._stage), list[str]()
    for _ in range(len(wanted) + 3):
        steering.press(Key.NEXT)
        glass.rest()
        came.append(steering.name())
    assert set(came) >= wanted - MOVERS, "the rest is moved by the focus itself"
    assert all(came)
