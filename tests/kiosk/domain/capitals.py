"""Reads amounts in 人民币大写 by the rules of 《正确填写票据和结算凭证的基本规定》, not by the code that writes them.

A yuan part is groups of up to four digits; each digit carries its place, a gap of zeros inside is one 零.
"""

from __future__ import annotations

import re

_DIGIT = {character: value for value, character in enumerate("零壹贰叁肆伍陆柒捌玖")}
_PLACE = {"拾": 10, "佰": 100, "仟": 1000}
_SHAPE = re.compile(r"人民币(负?)(?:(?P<yuan>[^元]+)元)?(?:(?P<jiao>.)角)?(?P<gap>零?)(?:(?P<fen>.)分)?(?P<whole>整?)")


def read_capitals(text: str) -> int:
    """The fen a text states; ValueError when it breaks a rule."""
    match = _SHAPE.fullmatch(text)
    if match is None:
        raise ValueError(text)
    yuan = 0 if match["yuan"] in {None, "零"} else _read_integer(match["yuan"])
    jiao, fen = _digit(match["jiao"]), _digit(match["fen"])
    _check(bool(match["whole"]) == (fen == 0), "整 stands exactly where there are no fen")
    _check(bool(match["gap"]) == bool(yuan and fen and not jiao), "元零…分 marks missing jiao")
    _check(match["yuan"] != "零" or not (jiao or fen), "零元 stands alone")
    value = yuan * 100 + jiao * 10 + fen
    return -value if match[1] else value


def _check(holds: bool, rule: str) -> None:
    if not holds:
        raise ValueError(rule)


def _digit(character: str | None) -> int:
    if character is None:
        return 0
    value = _DIGIT[character]
    _check(value != 0, "a zero is not written with its unit")
    return value


def _read_integer(text: str) -> int:
    _check(
        "零零" not in text and not text.endswith("零") and not text.startswith("零"), "one 零 for a gap, none outside"
    )
    high, unit, low = text.rpartition("亿")
    if unit:
        return _read_integer(high) * 10**8 + _read_low(low, 10**8)
    high, unit, low = text.rpartition("万")
    if unit:
        return _read_integer(high) * 10**4 + _read_low(low, 10**4)
    return _read_group(text)


def _read_low(text: str, unit: int) -> int:
    if not text:
        return 0
    value = _read_integer(text.removeprefix("零"))
    _check(text.startswith("零") == (value < unit // 10), "零 before what does not fill its first place")
    return value


def _read_group(text: str) -> int:
    value, last_place, gap = 0, 10_000, False
    for digit, place in re.findall(r"([零壹贰叁肆伍陆柒捌玖])([拾佰仟]?)", text):
        if digit == "零":
            _check(not place, "零 has no place")
            gap = True
            continue
        weight = _PLACE.get(place, 1)
        skipped = last_place // weight > 10
        _check(last_place > weight, "places fall")
        _check(gap == (skipped and last_place != 10_000), "零 exactly where places are skipped")
        value, last_place, gap = value + _DIGIT[digit] * weight, weight, False
    _check(bool(value) and not gap, "a group has digits")
    _check(len(text) == len("".join(f"{d}{p}" for d, p in re.findall(r"(.)([拾佰仟]?)", text))), "nothing else")
    return value
