"""Benches of the closed devices, made of a simulator."""

import secrets

import gmalg

from devices.conformance.bench import Ability
from devices.sim.client import Simulator
from kiosk.domain.personal import PersonName, ResidentId
from kiosk.ports.clock import Clock
from kiosk.ports.pin_pad import PinGiven
from tests.devices.support.keys import MASTER

CARD, PIN = "6200000000000000056", "246813"


class SimulatedCardPayments:
    """A `PaymentTerminalBench`."""

    secrets = (CARD, CARD[:15], PIN)
    abilities = frozenset({Ability.UNPLUG, Ability.SPOILT_ANSWERS, Ability.SILENCE, Ability.LEAK})

    def __init__(self, simulator: Simulator, clock: Clock) -> None:
        self.simulator, self.clock = simulator, clock

    def order(self) -> str:
        return secrets.token_hex(13)

    def hold_card(self, *, contactless: bool = False) -> None:
        self.simulator.ask("hold_bank_card", number=CARD, pin=PIN, contactless=contactless)

    def enter_pin(self, *, right: bool = True) -> None:
        self.simulator.ask("terminal_keys", key="pin", pin=PIN if right else "000000")

    def take_card(self) -> None:
        self.simulator.ask("terminal_keys", key="take_card")

    def press_red(self) -> None:
        self.simulator.ask("terminal_keys", key="red")

    def bank(self, says: str) -> None:
        self.simulator.ask("payment_terminal", bank=says)

    def spoil(self, how: str) -> None:
        self.simulator.ask("payment_terminal", spoil=how)

    def leak(self) -> None:
        self.simulator.ask("payment_terminal", leaks=True)

    def fall_silent(self) -> None:
        self.simulator.ask("payment_terminal", silent=True)

    def speak_again(self) -> None:
        self.simulator.ask("payment_terminal", silent=False)

    def traffic(self) -> bytes:
        return bytes.fromhex(self.simulator.state()["payment_terminal"]["traffic_hex"])

    def unplug(self) -> None:
        self.simulator.ask("payment_terminal", plugged=False)

    def plug(self) -> None:
        self.simulator.ask("payment_terminal", plugged=True)


class SimulatedFaces:
    """A `FaceTerminalBench`."""

    person, resident_id = PersonName("张三"), ResidentId("111111198101011110")
    secrets = ("张三", "111111198101011110", "EC000000MONI")
    abilities = frozenset({Ability.UNPLUG, Ability.SPOILT_ANSWERS})

    def __init__(self, simulator: Simulator, clock: Clock) -> None:
        self.simulator, self.clock = simulator, clock

    def show_face(self) -> None:
        self.simulator.ask("before_terminal", person="zhangsan", shows="face")

    def show_code(self) -> None:
        self.simulator.ask("before_terminal", person="zhangsan", shows="code")

    def looking(self) -> bool:
        return bool(self.simulator.state()["face_terminal"]["wants"])

    def know_nobody(self) -> None:
        self.simulator.ask("face_terminal", passes=False)

    def garble(self) -> None:
        self.simulator.ask("face_terminal", garbles=True)

    def notices(self) -> int:
        return len(self.simulator.state()["face_terminal"]["notices"])

    def unplug(self) -> None:
        self.simulator.ask("face_terminal", plugged=False)

    def plug(self) -> None:
        self.simulator.ask("face_terminal", plugged=True)


class SimulatedKeysPressed:
    """A `PinPadBench`; the far end opens blocks by another library than the pad's."""

    pin = PIN
    secrets = (PIN,)
    abilities = frozenset({Ability.UNPLUG, Ability.SPOILT_ANSWERS, Ability.SILENCE, Ability.LEAK})

    def __init__(self, simulator: Simulator, clock: Clock) -> None:
        self.simulator, self.clock = simulator, clock

    def press(self, keys: str) -> None:
        self.simulator.ask("press_keys", keys=keys)

    def opens(self, given: PinGiven, digits: str) -> bool:
        key = gmalg.SM4(MASTER).encrypt(bytes.fromhex(given.key_serial).rjust(16, b"\0"))
        block: str = gmalg.SM4(key).decrypt(bytes.fromhex(given.block.reveal())).hex()
        return block.startswith(f"1{len(digits):x}{digits}")

    def take_keys_out(self) -> None:
        self.simulator.ask("pin_pad", keys_in=False)

    def open_lid(self) -> None:
        self.simulator.ask("pin_pad", open_lid=True)

    def talk(self) -> None:
        self.simulator.ask("pin_pad", talks=True)

    def spoil(self, how: str) -> None:
        self.simulator.ask("pin_pad", spoil=how)

    def fall_silent(self) -> None:
        self.simulator.ask("pin_pad", silent=True)

    def speak_again(self) -> None:
        self.simulator.ask("pin_pad", silent=False)

    def traffic(self) -> bytes:
        return bytes.fromhex(self.simulator.state()["pin_pad"]["traffic_hex"])

    def unplug(self) -> None:
        self.simulator.ask("pin_pad", plugged=False)

    def plug(self) -> None:
        self.simulator.ask("pin_pad", plugged=True)
