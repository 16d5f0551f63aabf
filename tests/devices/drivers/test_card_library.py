"""What the contract does not ask of a vendor's library: dialects, the blob, the key server's two steps."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from devices.conformance.card_keys import Will
from devices.conformance.waiting import after
from devices.drivers import card_library
from devices.drivers.card_library import LibrarySettings
from devices.wire.card_library import DialectName
from kiosk.domain.insured import CardField, CardIdentity
from kiosk.domain.personal import CardNumber, CardProof, PersonName
from kiosk.faults import FaultCode
from kiosk.flow.identify import credential_of
from kiosk.ports.answers import NotSent, Refused
from kiosk.ports.cancellation import Cancel
from kiosk.ports.card_reader import CardInserted, CardNotRead, CardRead, CardReader, CardReading, CardRemoved
from kiosk.ports.clock import Monotonic
from kiosk.ports.driver import Host
from kiosk.ports.health import DeviceState
from kiosk.ports.key_server import Failure, StepTwo
from tests.devices.support.card_library import LibraryCards, answer

Make = Callable[..., CardReader]
STEP_ONE, STEP_TWO = "000000|00814E|03|…|", "00|C0FFEE"


class Keys:
    """A `KeyDesk` with a will."""

    def __init__(self, will: Will = Will.OPEN) -> None:
        self.will = will
        self.heard: list[CardProof] = []

    def step_two(self, step_one: CardProof, deadline: Monotonic, cancel: Cancel) -> StepTwo | Failure | None:
        self.heard.append(step_one)
        match self.will:
            case Will.OPEN:
                return StepTwo(CardProof(STEP_TWO))
            case Will.REFUSE:
                return Refused(FaultCode.CARD_INCOMPLETE, "不认识")
            case Will.GONE:
                return NotSent(FaultCode.KEY_SERVER_UNREACHABLE)
            case _:
                return None


@pytest.fixture
def cards(fake_card: Path, host: Host) -> LibraryCards:
    (fake_card / "key").write_text(STEP_TWO)
    return LibraryCards(fake_card, host.clock)


@pytest.fixture
def make(built_library: Path, host: Host) -> Iterator[Make]:
    made: list[CardReader] = []

    def reader(keys: Keys | None = None, **settings: object) -> CardReader:
        options = LibrarySettings.model_validate({"library": built_library, "poll_seconds": 0.02} | settings)
        made.append(card_library.driver.make(options, replace(host, keys=keys)))
        return made[-1]

    yield reader
    for each in made:
        each.close()


def read(reader: CardReader, host: Host) -> CardReading | None:
    return reader.read(after(host.clock, 20), Cancel())


def identity(reader: CardReader, host: Host) -> CardIdentity:
    reading = read(reader, host)
    assert isinstance(reading, CardRead), reading
    return reading.identity


def test_the_blob_goes_to_settlement_as_the_library_wrote_it(cards: LibraryCards, make: Make, host: Host) -> None:
    blob = b"eyJjYXJkIjo\xff\x81|$:=\r\n" * 300
    cards.say(0, function="Init")
    cards.say(0, answer(), blob, "ReadCardBas")
    read_out = identity(make(dialect="with_blob", init="{}"), host)
    assert (read_out.name, read_out.opaque) == (PersonName("张三"), blob)
    credential = credential_of(read_out)
    assert credential is not None
    assert credential.opaque == blob
    assert "eyJ" not in repr(credential)


def test_a_library_that_does_not_begin_is_a_broken_reader(cards: LibraryCards, make: Make, host: Host) -> None:
    cards.say(7, function="Init")
    reader = make(dialect="with_blob")
    assert read(reader, host) == CardNotRead(FaultCode.CARD_READER_GONE)
    assert reader.status().state is DeviceState.HARDWARE_ERROR


def test_it_is_begun_again_after_its_process_was_lost(cards: LibraryCards, make: Make, host: Host) -> None:
    cards.say(0, function="Init")
    cards.say(0, answer(), b"blob", "ReadCardBas")
    reader = make(dialect="with_blob")
    identity(reader, host)
    cards.behave("crash")
    assert read(reader, host) == CardNotRead(FaultCode.CARD_READER_GONE)
    cards.behave("well")
    before = cards.apdus()
    identity(reader, host)
    assert cards.apdus() - before == 2, "Init, then the card"


@pytest.mark.parametrize("code", [-2201, -2202, -2203, -27272, -24])
def test_a_reader_without_psam_goes_on_with_the_key_server(
    cards: LibraryCards, make: Make, host: Host, code: int
) -> None:
    cards.say(code)
    cards.say(0, STEP_ONE.encode("gb18030"), function="iReadCardBas_HSM_Step1")
    cards.say(
        0,
        answer(generation="gen3").replace(b"|||", b"|111111198101011110|M00000019|", 1),
        function="iReadCardBas_HSM_Step2",
    )
    keys = Keys()
    assert identity(make(keys), host).card_number == CardNumber("M00000019")
    assert keys.heard == [CardProof(STEP_ONE)]


@pytest.mark.parametrize("will", [Will.REFUSE, Will.GONE])
def test_a_card_nobody_opens_is_incomplete(cards: LibraryCards, make: Make, host: Host, will: Will) -> None:
    cards.say(-2201)
    cards.say(0, STEP_ONE.encode("gb18030"), function="iReadCardBas_HSM_Step1")
    assert read(make(Keys(will)), host) == CardNotRead(FaultCode.CARD_INCOMPLETE)
    assert read(make(), host) == CardNotRead(FaultCode.CARD_INCOMPLETE), "nor where there is no key server"


def test_a_server_that_does_not_answer_in_time_is_no_reading(cards: LibraryCards, make: Make, host: Host) -> None:
    cards.say(-2201)
    cards.say(0, STEP_ONE.encode("gb18030"), function="iReadCardBas_HSM_Step1")
    assert read(make(Keys(Will.SILENT)), host) is None


@pytest.mark.parametrize("keys", [None, Keys(Will.REFUSE)])
def test_fields_left_empty_are_missing_and_never_an_empty_name(
    cards: LibraryCards, make: Make, host: Host, keys: Keys | None
) -> None:
    cards.say(0, answer(generation="gen3"))
    cards.say(0, STEP_ONE.encode("gb18030"), function="iReadCardBas_HSM_Step1")
    read_out = identity(make(keys), host)
    assert (read_out.name, read_out.missing) == (None, frozenset(CardField))


def test_a_library_without_the_two_steps_stays_a_good_reader(cards: LibraryCards, make: Make, host: Host) -> None:
    cards.say(0, answer(generation="gen3"))
    cards.say(-5, function="iReadCardBas_HSM_Step1")
    reader = make(Keys())
    assert identity(reader, host).missing == frozenset(CardField)
    assert reader.status().state is DeviceState.ONLINE


@pytest.mark.parametrize("mode", ["crash", "hang", "garble"])
def test_whatever_becomes_of_the_library_the_next_card_is_read(
    cards: LibraryCards, make: Make, host: Host, mode: str
) -> None:
    reader = make(answer_seconds=0.3)
    cards.insert()
    cards.behave(mode)
    assert read(reader, host) == CardNotRead(FaultCode.CARD_READER_GONE)
    assert not reader.status().usable
    cards.behave("well")
    assert reader.status().state is DeviceState.ONLINE
    assert identity(reader, host).name == cards.holder


def test_another_card_between_two_looks_is_another_card(cards: LibraryCards, make: Make, host: Host) -> None:
    reader = make()
    cards.insert()
    assert reader.wait(after(host.clock, 20), Cancel()) == CardInserted()
    other = answer().replace(b"48FB4901", b"48FB4902")
    cards.say(0, other)
    assert [reader.wait(after(host.clock, 20), Cancel()) for _ in range(2)] == [CardRemoved(), CardInserted()]


def test_every_dialect_is_one_that_the_settings_know() -> None:
    with pytest.raises(ValueError, match="dialect"):
        LibrarySettings.model_validate({"library": "/x.so", "dialect": "guessed"})
    assert {name.value for name in DialectName} == {"plain", "result_first", "tag_order", "by_file", "with_blob"}
