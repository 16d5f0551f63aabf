"""The key server of social security cards of generation 3: answers the second step of the two-step reading.

A reader without a PSAM does step one with the card and gets the fields of `Step1`; their text goes to the key server;
its answer is what step two wants. Here the cards are simulated, and so are their keys: they are derived from a master
key that stands in this file and opens nothing in the world. A real server keeps its keys in hardware and has other
rules of derivation, which nobody publishes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus

from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import SM4

from settlement.reference.answer import Answer
from settlement.wire import codec
from settlement.wire.card_keys import STEP_TWO, AskStepTwo
from settlement.wire.codec import BrokenMessage

PATHS = (STEP_TWO,)

SIMULATED_MASTER = bytes.fromhex("6D6F6E69000000000000000000000000")  # "moni": 模拟
_SIMULATED_REGION = "000000"
_SM4 = "03"
_BLOCK = re.compile(r"[0-9A-Fa-f]{32}")
_SERIAL = re.compile(r"[0-9A-Fa-f]{32}")


@dataclass(frozen=True, slots=True)
class Step1:
    """地区码|卡复位信息|算法标识|卡识别码|内部认证过程因子|内部认证原始信息|外部认证过程因子|外部认证原始信息[|设备号].

    Of the simulated cards the original information of the internal authentication is the terminal's random number and
    the card's answer to it, of the external one the card's random number; every number has sixteen bytes, in hex.
    """

    region: str
    algorithm: str
    serial: str
    internal_factor: str
    internal_random: str
    internal_answer: str
    external_factor: str
    external_random: str


class Declined(Exception):
    """`refused` of a reply."""


class KeyServer:
    """Holds one master key; knows no card, for a card's key is made of its number."""

    def answer(self, path: str, body: bytes) -> Answer:  # noqa: ARG002 - it has one path
        """Never raises for anything a client can send."""
        try:
            asked = codec.read(AskStepTwo, codec.decode(body))
        except BrokenMessage as broken:
            return Answer(codec.encode({"refused": str(broken)}), HTTPStatus.BAD_REQUEST)
        try:
            return Answer(codec.encode({"step2": step_two(read_step_one(asked.step1))}))
        except Declined as declined:
            return Answer(codec.encode({"refused": str(declined)}))


def read_step_one(text: str) -> Step1:
    """Raises Declined naming what does not fit."""
    fields = text.removesuffix("|").split("|")
    if len(fields) not in {8, 9}:
        raise Declined("第一步的字段数不符")
    region, _reset, algorithm, serial, internal_factor, internal, external_factor, external_random = fields[:8]
    step = Step1(
        region, algorithm, serial, internal_factor, internal[:32], internal[32:], external_factor, external_random
    )
    numbers = (internal_factor, step.internal_random, step.internal_answer, external_factor, external_random)
    if not _SERIAL.fullmatch(serial) or not all(_BLOCK.fullmatch(number) for number in numbers):
        raise Declined("第一步的数据不是十六字节的十六进制数")
    return step


def step_two(step: Step1) -> str:
    """`内部认证结果|外部认证数据`: that the card is genuine, and what makes it open its files.

    Raises:
        Declined: no simulated card, another algorithm, or an answer that the card's key would not give.
    """
    if step.region != _SIMULATED_REGION or not step.serial.startswith(_SIMULATED_REGION):
        raise Declined("只认识模拟卡")
    if step.algorithm != _SM4:
        raise Declined("不支持的算法标识")
    if _cryptogram(step.serial, step.internal_factor, step.internal_random) != step.internal_answer.upper():
        raise Declined("内部认证未通过，卡不可信")
    return f"00|{_cryptogram(step.serial, step.external_factor, step.external_random)}"


def _cryptogram(serial: str, factor: str, random: str) -> str:
    """SM4 of the random number under a key of this card and this process, in hex."""
    card_key = _sm4(SIMULATED_MASTER, bytes.fromhex(serial))
    process_key = _sm4(card_key, bytes.fromhex(factor))
    return _sm4(process_key, bytes.fromhex(random)).hex().upper()


def _sm4(key: bytes, block: bytes) -> bytes:
    encryptor = Cipher(SM4(key), modes.ECB()).encryptor()  # noqa: S305 - a single block, as smart cards do it
    return encryptor.update(block) + encryptor.finalize()
