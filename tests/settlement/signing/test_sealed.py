"""encData and signData: the rule, the other side's reading of it, and each reply that is not the platform's."""

import base64
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.ports.clock import BEIJING
from settlement.reference.doors import SealedDoor, sorted_json
from settlement.reference.doors import _parsed as parsed_there
from settlement.reference.keys import ACCOUNT, GatewayKeys
from settlement.reference.sm import new_pair, sm4_encrypt
from settlement.signing.sealed import Seal, Unproved, decrypt, derive_key, encrypt, sign_text
from settlement.signing.secret import Secret
from settlement.signing.sm2 import KeyPair, PublicKey, point_of
from settlement.wire.codec import BrokenMessage
from tests.settlement.signing.vectors import SEALED
from tests.support.parties import HandClock

NOW = 1700000000
SECRET = SEALED["app_secret"].encode()
KIOSK, PLATFORM = new_pair(), new_pair()
DOOR = SealedDoor(GatewayKeys(SECRET, KIOSK.public, PLATFORM), HandClock(datetime.fromtimestamp(NOW, BEIJING)), "1.0.0")
SEAL = Seal(
    ACCOUNT,
    Secret(SECRET),
    KeyPair(KIOSK.private, point_of(KIOSK.public)),
    PublicKey(point_of(PLATFORM.public)),
    "1.0.0",
)

TREES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.decimals(allow_nan=False, allow_infinity=False, places=2)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc_甲乙", max_size=3), inner, max_size=3),
    max_leaves=12,
)


def written(tree: object) -> bytes:
    """JSON as a platform may write it: its own order of keys, its own spaces, amounts with their places."""
    match tree:
        case dict():
            return b"{ " + b", ".join(written(k) + b" : " + written(v) for k, v in tree.items()) + b" }"
        case list():
            return b"[" + b" ,".join(map(written, tree)) + b"]"
        case None | bool() | str():
            return json.dumps(tree).encode()
        case _:
            return str(tree).encode()


MESSAGES = st.dictionaries(st.text("abcxyz", min_size=1, max_size=4), TREES, max_size=5).map(written)


# --- the rule ---


def test_the_key_and_the_cipher_by_their_vector() -> None:
    key = derive_key(SEALED["app_id"], Secret(SECRET))
    assert key == SEALED["key"].encode()
    assert encrypt(key, SEALED["plain"].encode()) == SEALED["enc_data"]
    assert decrypt(key, SEALED["enc_data"]) == SEALED["plain"].encode()


def test_an_app_id_that_makes_no_key_is_refused() -> None:
    with pytest.raises(ValueError, match="fewer than 16"):
        derive_key("0123456789ABCDE", Secret(SECRET))


def test_the_signed_text_is_every_field_that_says_something_in_order() -> None:
    fields: dict[str, Any] = {
        "version": "1.0.0",
        "appId": "A",
        "empty": "",
        "none": None,
        "extra": "not signed",
        "signData": "not signed",
        "encData": "not signed",
        "success": True,
        "data": {"b": [2, {"d": 1, "c": ""}], "a": "甲"},
    }
    text = 'appId=A&data={"a":"甲","b":[2,{"c":"","d":1}]}&success=true&version=1.0.0&key=S'
    assert sign_text(fields, Secret(b"S")) == text.encode()


@given(MESSAGES)
@settings(max_examples=40)
def test_the_other_side_reads_what_we_wrap(message: bytes) -> None:
    assert DOOR.admit({}, SEAL.wrap(message, NOW)) == message


@given(MESSAGES)
@settings(max_examples=40)
def test_we_read_what_the_other_side_wraps(message: bytes) -> None:
    assert SEAL.unwrap(DOOR.reply(message)) == message


def test_amounts_are_signed_with_their_places() -> None:
    message = b'{"medfee_sumamt":4.50,"pric":1.000000,"n":1E+2}'
    assert sorted_json(parsed_there(message)) == '{"medfee_sumamt":4.50,"n":1E+2,"pric":1.000000}'
    assert SEAL.unwrap(DOOR.reply(message)) == message
    assert DOOR.admit({}, SEAL.wrap(message, NOW)) == message


def test_nothing_of_the_message_is_in_the_clear_and_no_two_wrappings_are_alike() -> None:
    message = '{"certno":"111111198101011110","psn_name":"张三"}'.encode()
    first, second = SEAL.wrap(message, NOW), SEAL.wrap(message, NOW)
    assert b"111111198101011110" not in first
    assert "张三".encode() not in first
    assert json.loads(first)["encData"] == json.loads(second)["encData"]
    assert json.loads(first)["signData"] != json.loads(second)["signData"]


# --- replies that prove nothing ---


def changed(**changes: Any) -> bytes:
    return json.dumps(json.loads(DOOR.reply(b'{"infcode":0}')) | changes).encode()


def signed_by_another() -> bytes:
    stranger = SealedDoor(GatewayKeys(SECRET, KIOSK.public, new_pair()), DOOR.clock, "1.0.0")
    return stranger.reply(b'{"infcode":0}')


def sealed(message: bytes) -> str:
    return sm4_encrypt(derive_key(ACCOUNT, Secret(SECRET)), message).hex().upper()


UNPROVED: dict[str, tuple[Callable[[], bytes], str]] = {
    "in the clear": (lambda: b'{"infcode":0,"output":{}}', "neither encrypted nor signed"),
    "no encData": (lambda: changed(encData=None), "neither encrypted nor signed"),
    "signData a number": (lambda: changed(signData=5), "neither encrypted nor signed"),
    "encData no hex": (lambda: changed(encData="ABC"), "encData cannot be read"),
    "encData of nobody": (lambda: changed(encData="00" * 16), "encData cannot be read"),
    "encData empty": (lambda: changed(encData=""), "encData cannot be read"),
    "a page inside": (lambda: changed(encData=sealed(b"<html>")), "no JSON"),
    "another message": (lambda: changed(encData=sealed(b'{"infcode":-1}')), "signature is not the platform's"),
    "signData empty": (lambda: changed(signData=""), "signature is not the platform's"),
    "signData no Base64": (lambda: changed(signData="not Base64!"), "signature is not the platform's"),
    "signData zeros": (
        lambda: changed(signData=base64.b64encode(bytes(64)).decode()),
        "signature is not the platform's",
    ),
    "another code": (lambda: changed(code="-1"), "signature is not the platform's"),
    "another time": (lambda: changed(timestamp="1"), "signature is not the platform's"),
    "one field more": (lambda: changed(another="field"), "signature is not the platform's"),
    "another signer": (signed_by_another, "signature is not the platform's"),
}


@pytest.mark.parametrize(("make", "why"), UNPROVED.values(), ids=UNPROVED)
def test_a_reply_that_is_not_shown_to_be_the_platforms(make: Callable[[], bytes], why: str) -> None:
    with pytest.raises(Unproved, match=why):
        SEAL.unwrap(make())


def test_what_is_not_signed_by_the_rule_may_differ() -> None:
    assert SEAL.unwrap(changed(extra="anything")) == b'{"infcode":0}'


@pytest.mark.parametrize("reply", [b"", b"<html></html>", b"[]", b"\xff", b"{" * 100_000])
def test_a_reply_that_is_no_message_is_broken(reply: bytes) -> None:
    with pytest.raises(BrokenMessage):
        SEAL.unwrap(reply)


# --- requests the other side refuses ---


def test_a_request_that_was_changed_on_its_way_is_refused() -> None:
    outer = json.loads(SEAL.wrap(b'{"medfee_sumamt":4.50}', NOW))
    for changes in ({"encData": sealed(b'{"medfee_sumamt":5.50}')}, {"timestamp": "1"}, {"version": "2"}, {"x": "y"}):
        assert DOOR.admit({}, json.dumps(outer | changes).encode()) is None
    assert DOOR.admit({}, SEAL.wrap(b"{}", NOW - 901)) is None
    assert DOOR.admit({}, b"{}") is None
