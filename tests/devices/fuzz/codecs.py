"""Every decoder of bytes from outside, as a fuzzer needs it: frames that are good, and what is done with bad ones.

A target gets any bytes. It may answer with a value or with the error its decoder promises, and the next good frame must
then be read as if nothing had been: both are asserted, and everything else that is raised is a defect.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

from devices.bridge.process import Bridge, Library, Returned, _returned
from devices.sim.card.people import read_holder
from devices.sim.id_card.contents import Layout, portrait, text_of
from devices.sim.printer import grammar
from devices.sim.printer.realtime import Order, Question, Receiver
from devices.transport.errors import DeviceGoneError, GarbledError
from devices.wire import (
    card_library,
    escpos,
    id_card_text,
    nation_ec,
    payment_terminal,
    pin_pad,
    sam_v,
    sealed_frame,
    social_card,
)
from devices.wire.apdu import Response, ResponseError, complete
from devices.wire.atr import historical_bytes
from devices.wire.id_card_text import TextFlaw, UnknownLayout
from devices.wire.sam_v import Answer, Ask, Flaw, Status
from devices.wire.scanner import Dialect, Framer, Rejection, Reply
from devices.wire.sealed_frame import FrameReader, Noise
from devices.wire.social_card import CardFlaw, Refusal
from devices.wire.tlv import Record, TlvFault, decode_record
from kiosk.domain.insured import CardIdentity, IdCardIdentity
from kiosk.domain.personal import Voucher
from kiosk.engine.clock import SystemClock
from kiosk.ports.face_terminal import FaceAuthorised, HolderFound
from kiosk.ports.payment_terminal import InProgress, PaidByCard
from kiosk.ports.pin_pad import Entering, NoPin, PinGiven

PEOPLE = Path(__file__).parents[3] / "config" / "people"
HOLDER = read_holder(PEOPLE / "zhangsan.toml")
TEXTS = tuple(text_of(HOLDER, layout, long_term=False, flaw=None) for layout in Layout)
RECEIPT = b"\x1b@\x1c&\x1ba\x01\x1bE\x01\x1d!\x11\xd2\xbd\xb1\xa3\n\x1dv0\x00\x01\x00\x02\x00\xff\xff\x1dVB\x00"  # 医保
NAME = b"\x09\x1e" + "张三".encode("gbk").ljust(30, b"\0") + b"\x90\x00"


@dataclass(frozen=True)
class Codec:
    """`good` are frames that the decoder reads; `take` does with any bytes what the product does with them."""

    name: str
    good: tuple[bytes, ...]
    take: Callable[[bytes], None]

    def spoilt(self, random: Random) -> bytes:
        """A good frame with a few things done to it, or bytes out of nowhere."""
        if random.random() < 0.1:
            return random.randbytes(random.randint(0, 300))
        data = bytearray(random.choice(self.good))
        for _ in range(random.randint(1, 4)):
            _SPOIL[random.randrange(len(_SPOIL))](data, random)
        return bytes(data[:6_000])


def _flip(data: bytearray, random: Random) -> None:
    if data:
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)


def _insert(data: bytearray, random: Random) -> None:
    at = random.randint(0, len(data))
    data[at:at] = random.randbytes(random.randint(1, 8))


def _cut(data: bytearray, random: Random) -> None:
    at = random.randint(0, len(data))
    del data[at : at + random.randint(1, 40)]


def _end_early(data: bytearray, random: Random) -> None:
    del data[random.randint(0, len(data)) :]


def _repeat(data: bytearray, random: Random) -> None:
    at = random.randint(0, len(data))
    data[at:at] = data[max(0, at - random.randint(1, 64)) : at]


def _extreme(data: bytearray, random: Random) -> None:
    if data:
        data[random.randrange(len(data))] = random.choice((0x00, 0x01, 0x7F, 0x80, 0xFF, 0x10, 0x1B, 0x0D, 0x02))


_SPOIL = (_flip, _insert, _cut, _end_early, _repeat, _extreme)


def _in_pieces(data: bytes) -> Iterator[bytes]:
    """Cut where the bytes themselves say, so that the same data is always cut alike."""
    start = 0
    while start < len(data):
        end = start + 1 + data[start] % 23
        yield data[start:end]
        start = end


def _sam_v_frame(status: int, data: bytes) -> bytes:
    counted = (len(data) + 4).to_bytes(2, "big") + b"\x00\x00" + bytes((status,)) + data
    return bytes.fromhex("AAAAAA9669") + counted + bytes((sam_v.check(counted),))


READ = _sam_v_frame(0x90, b"\x01\x00\x04\x00" + TEXTS[0] + portrait())


def take_sam_v(data: bytes) -> None:
    framer = sam_v.Framer()
    for piece in _in_pieces(data):
        assert all(isinstance(each, Answer | Flaw) for each in framer.feed(piece))
    assert all(isinstance(each, Answer | Flaw) for each in framer.silence())
    assert framer.feed(READ)[-1:] == [Answer(Status.DONE, READ[10:-1])]
    assert sam_v.fits(Ask.READ, Answer(Status.DONE, data)) in {True, False}
    assert isinstance(sam_v.text_and_portrait(data), tuple | Flaw)


def take_id_card_text(data: bytes) -> None:
    text = data[:256].ljust(256, b" ")
    assert isinstance(id_card_text.identity(text), IdCardIdentity | UnknownLayout | TextFlaw)
    assert isinstance(id_card_text.identity(TEXTS[0]), IdCardIdentity)


def _take_scans(dialect: Dialect, data: bytes, *, terminated: bool) -> None:
    framer = Framer(dialect, terminated=terminated)
    for piece in _in_pieces(data):
        assert all(isinstance(each, Voucher | Rejection | Reply) for each in framer.feed(piece))
    assert all(isinstance(each, Voucher | Rejection | Reply) for each in framer.silence())
    assert [*framer.feed(b"4240\r"), *framer.silence()][-1:] == [Voucher("4240")]


def take_newland(data: bytes) -> None:
    _take_scans(Dialect.NEWLAND, data, terminated=True)


def take_unterminated(data: bytes) -> None:
    _take_scans(Dialect.HONEYWELL, data, terminated=False)


def take_apdu(data: bytes) -> None:
    """A card whose answers are the pieces of `data`, one a command."""
    answers = _in_pieces(data)
    exchange = complete(lambda _: next(answers, b"\x6f\x00"))
    with suppress(ResponseError):
        exchange(social_card.select_application())
        values: dict[social_card.Item, bytes | Refusal] = {}
        for file, items in social_card.FILES.items():
            exchange(social_card.select_file(file, 0x02))
            values |= {item: social_card.item_value(item, exchange(social_card.read_item(item))) for item in items}
        assert isinstance(social_card.identity(values), CardIdentity | CardFlaw)
    good = complete(lambda _: NAME)(social_card.read_item(social_card.NAME))
    assert social_card.item_value(social_card.NAME, good) == NAME[2:-2]


def take_record(data: bytes) -> None:
    """One record of a card, its own tag in front."""
    try:
        response = Response.decode(data)
    except ResponseError:
        response = Response(data[:255], 0x9000)
    assert isinstance(decode_record(response.data, 0x09), Record | TlvFault)
    for item in (social_card.NAME, social_card.SERIAL, social_card.ISSUED, social_card.RESIDENT_ID):
        value = social_card.item_value(item, response)
        values: dict[social_card.Item, bytes | Refusal] = dict.fromkeys(_all_items(), Refusal.WITHHELD)
        assert isinstance(social_card.identity(values | {item: value}), CardIdentity | CardFlaw)
    assert isinstance(decode_record(NAME[:-2], 0x09), Record)


def _all_items() -> list[social_card.Item]:
    return [item for items in social_card.FILES.values() for item in items]


def take_printer_status(data: bytes) -> None:
    """Answers to DLE EOT, in any order and number."""
    answers: dict[int, int | None] = dict(zip(escpos.QUESTIONS, data, strict=False))
    status = escpos.status(answers)
    assert status.silent == (not any(escpos.is_status(byte) for byte in data[:4]))
    assert escpos.status({4: 0x72}).paper_out is True


def take_printed(data: bytes) -> None:
    """The simulated printer's own ears: it never loses its place for good."""
    receiver, buffer, chinese = Receiver(), b"", False
    for piece in _in_pieces(data):
        for item in receiver.feed(piece):
            assert isinstance(item, bytes | Question | Order)
            buffer += item if isinstance(item, bytes) else b""
    while buffer:
        parsed = grammar.parse(buffer, chinese=chinese)
        if parsed is None:
            break
        assert 0 < parsed.used <= len(buffer)
        if isinstance(parsed.operation, grammar.ChineseMode):
            chinese = parsed.operation.on
        buffer = buffer[parsed.used :]
    assert Receiver().feed(b"\x10\x04\x01") == [Question(1)]


ORDER = "a" * 26
PAID = sealed_frame.encode(("1", "D", ORDER, "2450", "unionpay", "000000000001", "0056"))
SEALED = sealed_frame.encode(("1", "D", ORDER, "0F" * 16, "FF" * 10))


def take_sealed(data: bytes) -> None:
    """Frames of a card terminal and of a PIN pad: whatever comes, only a whole answer pays or gives a block."""
    reader = FrameReader()
    for piece in _in_pieces(data):
        for found in reader.feed(piece):
            if isinstance(found, Noise):
                continue
            told = payment_terminal.read_order(found[1:], ORDER)
            assert isinstance(told, InProgress | PaidByCard | payment_terminal.NotPaid | payment_terminal.Misfit)
            assert isinstance(pin_pad.read(found[1:], ORDER), Entering | PinGiven | NoPin | pin_pad.Misfit)
            payment_terminal.read_condition(found[1:])
            payment_terminal.read_refund(found[1:], ORDER)
    # what looked like the start of a long frame is given up once no frame can be so long
    frames = reader.feed(PAID * (sealed_frame.LONGEST // len(PAID) + 2))
    assert tuple(PAID[3:-2].decode().split(sealed_frame.FS)) in frames


def take_library_text(data: bytes) -> None:
    for dialect in card_library.DIALECTS.values():
        found = card_library.identity(dialect, data)
        assert found is None or isinstance(found, CardIdentity | CardFlaw)
    plain = card_library.DIALECTS[card_library.DialectName.PLAIN]
    assert isinstance(card_library.identity(plain, LIBRARY_TEXTS[0]), CardIdentity)


def take_voucher_answer(data: bytes) -> None:
    assert isinstance(nation_ec.read_holder(data), HolderFound | nation_ec.Declined | nation_ec.Broken)
    assert isinstance(nation_ec.read_face(data), FaceAuthorised | nation_ec.Declined | nation_ec.Broken)
    assert isinstance(nation_ec.read_holder(HOLDER_FOUND), HolderFound)


def take_bridge(data: bytes) -> None:
    """What comes back over a bridge: a message, or an error after which the process is killed."""
    bridge = Bridge(Library(PEOPLE), SystemClock())
    bridge._held = data
    with suppress(GarbledError):
        while (message := bridge._whole_message()) is not None:
            with suppress(DeviceGoneError):
                assert isinstance(_returned(message), Returned)
    bridge._held = RETURNED
    good = bridge._whole_message()
    assert good is not None
    assert _returned(good) == Returned(0, (b"A",))


def take_atr(data: bytes) -> None:
    assert len(historical_bytes(data)) <= 15


LIBRARY_TEXTS = tuple(
    text.encode("gb18030")
    for text in (
        "000000|111111198101011110|M00000019|000000D15600000500BF7C7A48FB4901|张三|00814E|2.00|20200101|20351231|",
        "000000D15600000500BF7C7A48FB4901:1:2.00:0:20200101:20351231:M00000019:111111198101011110:张三:1:01:111111:19810101",
        "SSSEEF05|000000D15600000500BF7C7A48FB4901|2.00|20200101|20351231|M00000019|$SSSEEF06|111111198101011110|张三||$",
    )
)
HOLDER_FOUND = (
    b'{"code":0,"data":"{\\"idNo\\":\\"1\\",\\"userName\\":\\"A\\",\\"ecToken\\":\\"T\\",\\"authNo\\":\\"N\\"}"}'
)
_RETURNED = b'{"n": 1, "returned": 0, "outs": ["QQ=="]}'
RETURNED = len(_RETURNED).to_bytes(4, "big") + _RETURNED

CODECS = (
    Codec("SAM-V frames", (READ, _sam_v_frame(0x9F, bytes(4)), _sam_v_frame(0x80, b"")), take_sam_v),
    Codec("ID card texts", TEXTS, take_id_card_text),
    Codec(
        "scanner frames",
        (b"134567890123456789\r", b"]Q14240123456789012345678901234\r\n", b"\x02\x010000#SCNTRG1\x06;\x03"),
        take_newland,
    ),
    Codec("scanner codes ended by silence", (b"134567890123456789", "医保".encode()), take_unterminated),
    Codec("card answers", (NAME * 12, b"\x61\x13" + NAME, b"\x6c\x20" + NAME, b"\x6a\x83"), take_apdu),
    Codec("card records", (NAME, b"\x01\x10" + bytes(16) + b"\x90\x00", b"\x69\x82"), take_record),
    Codec("printer status bytes", (b"\x12\x12\x12\x12", b"\x16\x32\x12\x72", b"\x1a\x12\x1a\x1e"), take_printer_status),
    Codec("receipts", (RECEIPT,), take_printed),
    Codec("frames of closed devices", (PAID, SEALED, sealed_frame.encode(("1", "P", ORDER, "3"))), take_sealed),
    Codec("answers of card libraries", LIBRARY_TEXTS, take_library_text),
    Codec("answers of the e-voucher library", (HOLDER_FOUND, b'{"code":1,"message":"x"}'), take_voucher_answer),
    Codec("answers over a bridge", (RETURNED, RETURNED.replace(b"0,", b'"QQ==",')), take_bridge),
    Codec("answers to reset", (bytes.fromhex("3B6D000000814E43238697159900BF7C7A"), b"\x3b\x8d\x80\x01"), take_atr),
)
