"""What is known of a person shows itself to nobody but by `reveal()`."""

from __future__ import annotations

import copy
import io
import json
import logging
import pickle
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.personal import (
    CardNumber,
    CardSerial,
    Particular,
    Personal,
    PersonName,
    PersonNumber,
    Portrait,
    ResidentId,
    Signature,
    Typed,
    Voucher,
)
from kiosk.logs import JsonFormatter
from tests.support.fakes import ManualClock
from tests.support.people import IDENTITY, ZHANG

KINDS: tuple[type[Personal], ...] = (
    PersonName, ResidentId, CardNumber, CardSerial, PersonNumber, Voucher, Particular, Typed,
)  # fmt: skip
# Of characters that no mask, class name or punctuation holds, so that each one found was leaked.
SECRETS = st.text(alphabet="甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥", min_size=2, max_size=40)
SEEN: dict[type[Personal], int] = {PersonName: 1, CardNumber: 2, ResidentId: 4, Typed: 4}
"""How many characters in a row their masks show."""
kinds = st.sampled_from(KINDS)


@dataclass(frozen=True)
class Holder:
    whose: Personal
    all_of_them: tuple[Personal, ...]


def _log_line(value: object) -> str:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter(ManualClock()))
    record = logging.LogRecord("kiosk", logging.INFO, __file__, 1, "card read %s", (value,), None)
    record.sid, record.state, record.person = value, f"{value}", value
    handler.emit(record)
    return stream.getvalue()


SHOWN: dict[str, Callable[[Personal], str]] = {
    "str": str,
    "repr": repr,
    "format": lambda value: f"{value}{value!s}{value!r}{value:>20}",
    "percent": lambda value: "%s %r" % (value, value),  # noqa: UP031 - it is how logging writes
    "dataclass": lambda value: repr(Holder(value, (value,))),
    "container": lambda value: f"{[value]} { {value: value} }",
    "log": _log_line,
    "exception": lambda value: "".join(traceback.format_exception(ValueError(value, Holder(value, ())))),
    "message of %s": lambda value: logging.LogRecord("k", 20, "f", 1, "%s", (value,), None).getMessage(),
    "vars": lambda value: str(getattr(value, "__dict__", {})),
}


def leaked(secret: str, shown: str) -> int:
    """The longest run of the secret's characters that is shown."""
    return max(
        (
            length
            for length in range(1, len(secret) + 1)
            for at in range(len(secret) - length + 1)
            if secret[at : at + length] in shown
        ),
        default=0,
    )


@pytest.mark.parametrize("way", SHOWN)
@given(kinds, SECRETS)
def test_nothing_that_shows_a_value_shows_what_it_holds(way: str, kind: type[Personal], secret: str) -> None:
    shown = SHOWN[way](kind(secret))
    assert leaked(secret, shown) <= min(SEEN.get(kind, 0), len(secret) - 1)


@given(kinds, SECRETS)
def test_nothing_carries_it_away(kind: type[Personal], secret: str) -> None:
    value = kind(secret)
    carriers: tuple[Callable[[], object], ...] = (
        lambda: pickle.dumps(value),
        lambda: pickle.dumps(Holder(value, ())),
        lambda: copy.copy(value),
        lambda: copy.deepcopy(Holder(value, (value,))),
        lambda: asdict(Holder(value, ())),
        lambda: json.dumps(value),
        lambda: json.dumps({"whose": value}),
    )
    for carry in carriers:
        with pytest.raises(TypeError) as caught:
            carry()
        assert leaked(secret, str(caught.value)) <= 4
    assert not hasattr(value, "__add__")


@given(kinds, SECRETS)
def test_reveal_is_the_door(kind: type[Personal], secret: str) -> None:
    assert kind(secret).reveal() == secret


@given(kinds, kinds, SECRETS, SECRETS)
def test_values_compare_by_kind_and_content(a: type[Personal], b: type[Personal], one: str, other: str) -> None:
    same = a is b and one == other
    assert (a(one) == b(other)) is same
    assert not same or hash(a(one)) == hash(b(other))
    assert a(one) != one


@pytest.mark.parametrize(
    ("value", "mask"),
    [
        (PersonName("张三"), "张*"),
        (PersonName("欧阳文华"), "欧***"),
        (PersonName("阿卜杜喀迪尔·买买提艾力·热合曼"), "阿***"),
        (PersonName("张"), "*"),
        (ResidentId("111111198101011110"), "111***********1110"),
        (ResidentId("1234567"), "*******"),
        (CardNumber("X00000017"), "*******17"),
        (CardNumber("X17"), "*******"),
        (CardSerial("00AA11BB"), "***"),
        (Voucher("134500000000000001"), "***"),
        (Typed("13800000000"), "138****0000"),
        (Typed("2026-11"), "*******"),
    ],
)
def test_masks(value: Personal, mask: str) -> None:
    assert (str(value), repr(value)) == (mask, f"{type(value).__name__}({mask})")


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_no_name(kind: type[Personal]) -> None:
    assert kind.optional("") is None
    assert kind.optional(None) is None
    with pytest.raises(ValueError, match=kind.__name__):
        kind("")
    with pytest.raises(ValueError, match="longer") as caught:
        kind("甲" * 9_000)
    assert "甲" not in str(caught.value)


def test_people_and_cards_hide_themselves_too() -> None:
    for value in (ZHANG, IDENTITY, replace(ZHANG, age=46), [ZHANG], {"who": ZHANG}):
        shown = f"{value} {value!r}"
        for secret in ("三", "111111198101011110", "X00000017", "000000D1560000050000000000000001"):
            assert secret not in shown


def test_a_portrait_shows_its_size_alone_and_is_not_pickled() -> None:
    portrait = Portrait(b"WLf" * 10)
    assert (repr(portrait), str(portrait), f"{portrait}") == ("Portrait(30 bytes)",) * 3
    assert portrait == Portrait(b"WLf" * 10) != Portrait(b"WLg" * 10)
    assert portrait.reveal() == b"WLf" * 10
    assert len({portrait, Portrait(b"WLf" * 10)}) == 1
    with pytest.raises(TypeError):
        pickle.dumps(portrait)
    with pytest.raises(ValueError):
        Portrait(b"")


def test_a_signature_tells_how_many_strokes_it_has_and_no_more() -> None:
    signature = Signature([[(100, 200), (300, 400)], [(500, 600)]])
    assert (repr(signature), f"{signature}") == ("Signature(2 strokes)",) * 2
    assert signature == Signature([((100, 200), (300, 400)), ((500, 600),)]) != Signature([[(100, 200)]])
    assert signature.reveal() == (((100, 200), (300, 400)), ((500, 600),))
    assert len({signature, Signature(signature.reveal())}) == 1
    with pytest.raises(TypeError):
        pickle.dumps(signature)
    nothings: tuple[list[list[tuple[int, int]]], ...] = ([], [[]])
    for nothing in nothings:
        with pytest.raises(ValueError):
            Signature(nothing)
