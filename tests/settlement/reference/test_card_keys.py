"""The simulated key server: a genuine simulated card is opened, and nothing else is."""

import gmalg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from settlement.reference.card_keys import SIMULATED_MASTER, KeyServer
from settlement.reference.people import World
from settlement.wire import codec
from settlement.wire.card_keys import STEP_TWO

SERIAL = "000000D15600000500BF7C7A48FB4901"
FACTOR, RANDOM = "00112233445566778899AABBCCDDEEFF", "A0A1A2A3A4A5A6A7A8A9AAABACADAEAF"


def cryptogram(serial: str, factor: str, random: str) -> str:
    """By another library: what the chip computes."""
    card = gmalg.SM4(SIMULATED_MASTER).encrypt(bytes.fromhex(serial))
    process = gmalg.SM4(card).encrypt(bytes.fromhex(factor))
    return str(gmalg.SM4(process).encrypt(bytes.fromhex(random)).hex().upper())


def step_one(**changes: str) -> str:
    fields = {
        "region": "000000",
        "reset": "00814E43238697150100BF7C7A",
        "algorithm": "03",
        "serial": SERIAL,
        "internal_factor": FACTOR,
        "internal": RANDOM + cryptogram(SERIAL, FACTOR, RANDOM),
        "external_factor": FACTOR[::-1],
        "external": RANDOM[::-1],
    }
    return "|".join((fields | changes).values()) + "|"


def told(step1: str) -> dict[str, str]:
    return codec.decode(KeyServer().answer(STEP_TWO, codec.encode({"step1": step1})).body)


def test_a_genuine_card_is_opened() -> None:
    assert told(step_one())["step2"] == f"00|{cryptogram(SERIAL, FACTOR[::-1], RANDOM[::-1])}"
    assert told(step_one() + "S0001")["step2"] == told(step_one())["step2"], "with the reader's number behind"


def test_the_vector_of_the_documentation() -> None:
    assert cryptogram(SERIAL, FACTOR, RANDOM) == "AA9716AFBA2C0248B553DEB36D385F37"


def test_every_invented_card_is_a_simulated_one(world: World) -> None:
    for person in world.people.values():
        if person.card:
            serial = person.card.serial
            answer = RANDOM + cryptogram(serial, FACTOR, RANDOM)
            assert "step2" in told(step_one(serial=serial, internal=answer))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"region": "411600"}, "模拟卡"),
        ({"serial": "411600D15600000500BF7C7A48FB4901"}, "模拟卡"),
        ({"algorithm": "01"}, "算法"),
        ({"internal": RANDOM + "0" * 32}, "卡不可信"),
        ({"internal_factor": RANDOM}, "卡不可信"),
        ({"serial": "000000D15600000500BF7C7A48FB4902"}, "卡不可信"),
        ({"external": "12"}, "十六字节"),
        ({"internal": RANDOM}, "十六字节"),
        ({"serial": "x"}, "十六字节"),
        ({"region": "000000|1|2"}, "字段数"),
    ],
)
def test_anything_else_stays_shut(changes: dict[str, str], words: str) -> None:
    assert words in told(step_one(**changes))["refused"]


@given(st.text(max_size=80))
def test_any_text_is_refused(text: str) -> None:
    assert "refused" in told(text)


def test_nonsense_is_no_question() -> None:
    assert KeyServer().answer(STEP_TWO, b"{}").status == 400
