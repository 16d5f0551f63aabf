"""What a gateway's signature changes about a conversation, and what it does not."""

import hashlib
import json
import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kiosk.domain.policy import Signing
from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.settlement import Accepted
from settlement.reference.doors import SealedDoor
from settlement.reference.keys import ACCOUNT, prepare_keys
from settlement.reference.sm import new_pair
from settlement.wire.codec import decode, encode
from tests.settlement.direct.conftest import OpenTill
from tests.settlement.direct.scripted import envelope, refused, signed, told
from tests.support.far_end import Action, Conversation, Received, says
from tests.support.parties import PERSON, PROFILE, HandClock

SEALED = replace(PROFILE, signing=Signing.SEALED)


class SealedPlatform:
    """A scripted platform behind encData and signData; `spoil` gets each reply as it would leave."""

    def __init__(self, folder: Path, replies: dict[str, Any], spoil: Callable[[bytes], Any] = says) -> None:
        self.door = SealedDoor(prepare_keys(folder), HandClock(), "1.0.0")
        self.replies, self.spoil = replies, spoil
        self.heard: list[bytes] = []

    def __call__(self, conversation: Conversation, request: Received) -> None:
        message = self.door.admit(request.headers, request.body)
        assert message is not None
        self.heard.append(message)
        infno = decode(message)["infno"]
        plain = signed("S1") if infno == "9001" else self.replies[infno]
        reply = self.door.reply(encode(dict(plain)))
        act: Action = says(reply) if infno == "9001" else self.spoil(reply)
        act(conversation, request)


def site(folder: Path) -> dict[str, Any]:
    return {
        "account": ACCOUNT,
        "secret": folder / "gateway.secret",
        "sm2_key": folder / "gateway-kiosk.sm2",
        "sm2_platform": folder / "gateway-platform.pub",
    }


def reverse(port: Any) -> Any:
    return port.accept(port.prepare_reverse(PERSON.psn_no, "X", "2207A", insuplc_admdvs="000000"))


def test_what_is_journalled_is_what_the_platform_reads(open_till: OpenTill, tmp_path: Path) -> None:
    platform = SealedPlatform(tmp_path, {"2601": told({})})
    till = open_till(platform, profile=SEALED, settings=site(tmp_path))
    sent = till.port.prepare_reverse(PERSON.psn_no, "X", "2207A", insuplc_admdvs="000000")
    assert till.port.accept(sent) == Accepted()
    assert hashlib.sha256(platform.heard[-1]).digest() == hashlib.sha256(sent.body).digest()
    assert b"psn_no" not in till.far.asked[-1].body


def test_a_signed_refusal_is_a_refusal(open_till: OpenTill, tmp_path: Path) -> None:
    platform = SealedPlatform(tmp_path, {"2601": refused("不能办理[revs_1]")})
    assert reverse(open_till(platform, profile=SEALED, settings=site(tmp_path)).port) == Refused(
        FaultCode.SETTLEMENT_UNKNOWN, "不能办理"
    )


def forged(reply: bytes) -> Action:
    """Signed by a key that is not the platform's."""
    outer = json.loads(reply)
    outer["signData"] = outer["signData"][:-8] + "AAAAAAA="
    return says(json.dumps(outer).encode())


def in_the_clear(reply: bytes) -> Action:
    """As a gateway's own error page, or somebody between us, would say it."""
    return says(encode(refused("退费结算标志不为未退费")))


def success_in_the_clear(reply: bytes) -> Action:
    return says(encode(envelope(output={})))


@pytest.mark.parametrize("spoil", [forged, in_the_clear, success_in_the_clear])
@pytest.mark.parametrize("plain", [told({}), refused("退费结算标志不为未退费")], ids=["success", "refusal"])
def test_a_reply_that_is_not_proved_is_unknown_whatever_it_says(
    open_till: OpenTill, tmp_path: Path, spoil: Callable[[bytes], Action], plain: dict[str, Any]
) -> None:
    platform = SealedPlatform(tmp_path, {"2601": plain}, spoil)
    answer = reverse(open_till(platform, profile=SEALED, settings=site(tmp_path)).port)
    assert isinstance(answer, Unknown)
    assert answer.fault is FaultCode.REPLY_BROKEN
    assert answer.why in {"signature is not the platform's", "neither encrypted nor signed"}


def test_another_platforms_signature_is_none(open_till: OpenTill, tmp_path: Path) -> None:
    platform = SealedPlatform(tmp_path, {"2601": told({})})
    stranger = tmp_path / "stranger.pub"
    stranger.write_text(new_pair().public.hex(), encoding="ascii")
    settings = site(tmp_path) | {"sm2_platform": stranger}
    answer = open_till(platform, profile=SEALED, settings=settings).port.sign_in()
    assert answer == Unknown(FaultCode.REPLY_BROKEN, "signature is not the platform's")


@pytest.mark.expected_log("kiosk.party", logging.ERROR, "the gateway's secrets cannot be used: ValueError")
def test_keys_that_cannot_be_used_are_a_wrong_setting_and_nothing_leaves(open_till: OpenTill, tmp_path: Path) -> None:
    platform = SealedPlatform(tmp_path, {})
    settings = site(tmp_path) | {"sm2_key": tmp_path / "gateway.secret"}
    till = open_till(platform, profile=SEALED, settings=settings)
    assert till.port.sign_in() == NotSent(FaultCode.SETTINGS_WRONG)
    assert not till.far.asked
