"""Whatever people, cards, paper, networks and disks do wrong: a fault with a name, a way out, and nothing lost.

Each case is a whole visit of the real kiosk. The person behaves as a person would; the fault the page showed and the
backend's ledger are compared with what must be.
"""

from __future__ import annotations

import json
import os
import shutil
import ssl
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.journal.book import Book
from kiosk.saga.facts import ActKind, Answered
from tests.support.forking import Ended, Forge
from tests.support.house import House, house, impatient_environment

_WALK = """
Home = ["enter outpatient"]
AwaitingCard = [["insert"], ["leave"]]
ChoosingBill = ["choose"]
ChoosingInsurance = ["choose"]
Explaining = ["continue"]
Confirming = ["continue"]
AwaitingCode = [{ do = "scan", code = "134500000000000001" }]
NextSteps = ["paper", "leave"]
Failed = ["continue"]
Farewell = [{ do = "remove" }]
"""
"""A person who does everything right and leaves when told that it does not work."""


@dataclass(frozen=True)
class Case:
    """`fault` is what the page says; `pages` replaces lines of the walk above."""

    name: str
    outcome: str
    fault: str | None
    person: str = "zhangsan"
    bill: str | None = "ct"
    pages: str = ""
    prepare: str = "[]"


_LEAVE_AT_CODE = 'AwaitingCode = [[{{ do = "scan", code = "{code}" }}], ["leave"]]'
_INSERT = 'AwaitingCard = [[{{ do = "insert", person = "zhangsan", {how} }}], ["leave"]]'
_LAY = 'AwaitingCard = [[{{ do = "lay", person = "zhangsan", {how} }}], ["leave"]]\nFarewell = []'
"""No card is in the reader, so there is none to take at the end."""
_PULLED = _INSERT.format(how="yank_at = 5") + "\nFarewell = []"
"""The card is out already."""

CASES = (
    Case("card that answers nothing", "refused", "C01", bill=None, pages=_INSERT.format(how='flaw = "mute"')),
    Case("card that talks nonsense", "refused", "C01", bill=None, pages=_INSERT.format(how='flaw = "garbage"')),
    Case("card of another kind", "refused", "C02", bill=None, pages=_INSERT.format(how='flaw = "foreign"')),
    Case("card pulled while read", "refused", "C03", bill=None, pages=_PULLED),
    Case("ID card lifted while read", "refused", "C09", bill=None, pages=_LAY.format(how='lift_at = "read"')),
    Case("ID card that is not genuine", "refused", "C08", bill=None, pages=_LAY.format(how='flaw = "not_authentic"')),
    Case("ID card of 2023", "refused", "C10", bill=None, pages=_LAY.format(how='layout = "foreigner_2023"')),
    Case("ID card out of date", "refused", "C06", bill=None, pages=_LAY.format(how='flaw = "expired"')),
    Case("residence permit", "refused", "C10", bill=None, pages=_LAY.format(how='layout = "permit"')),
    Case("person nobody knows", "refused", "I01", "zhengxin", None),
    Case("stopped insurance", "refused", "I02", "zhouping", None),
    Case("nothing to pay", "refused", "B01", "fengjing", None, 'ScanningKey = ["back"]'),
    Case("bill with a code that no dictionary has", "refused", "B05", bill="unlisted"),
    Case("not a payment code", "cancelled", "Q01", pages=_LEAVE_AT_CODE.format(code="HELLO")),
    Case("insurance voucher instead", "cancelled", "Q04", pages=_LEAVE_AT_CODE.format(code="424" + "1" * 21 + "0000")),
    Case("not enough money", "cancelled", "Y01", pages=_LEAVE_AT_CODE.format(code="130001000000000001")),
    Case("code out of date", "cancelled", "Y02", pages=_LEAVE_AT_CODE.format(code="130002000000000001")),
    Case("no paper before printing", "settled", None, prepare='[{ do = "paper", state = "out" }]'),
    Case("printer that says nothing", "settled", None, prepare='[{ do = "silent", on = true }]'),
    Case("printer unplugged", "settled", None, prepare='[{ do = "printer", plugged = false }]'),
)


def _script(case: Case, folder: Path) -> Path:
    replaced = {line.split(" =")[0]: line for line in case.pages.splitlines() if line}
    lines = [replaced.pop(line.split(" =")[0], line) for line in _WALK.strip().splitlines()]
    pages = "\n".join([*lines, *replaced.values()])
    head = f'title = "{case.name}"\nperson = "{case.person}"\noutcome = "{case.outcome}"\nprepare = {case.prepare}\n'
    bill = f'bill = "{case.bill}"\n' if case.bill else ""
    fault = f'fault = "{case.fault}"\n' if case.fault else ""
    path = folder / "visit.toml"
    path.write_text(f"{head}{bill}{fault}\n[pages]\n{pages}\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def home(forge: Forge, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("house"), forge) as made:
        yield made


@pytest.fixture(scope="module")
def neighbour() -> Iterator[Forge]:
    """Starts a kiosk beside the house's own: of one number, both could make the same msgid in the same second."""
    made = Forge(impatient_environment() | {"KIOSK__KIOSK__NUMBER": "4"})
    yield made
    made.close()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_is_named_and_nothing_is_lost(case: Case, home: House, tmp_path: Path) -> None:
    ended = home.visit(name=str(_script(case, tmp_path)))
    assert ended.code == 0, (ended.lines, ended.errors[-3:])
    assert home.recover().answer["open"] == []
    audit = home.audit()
    assert (audit["violations"], audit["open"]) == ([], 0)
    if case.outcome == "settled":
        assert ended.answer["amounts"]["collected"] == ended.answer["amounts"]["psn_cash_pay"]
    else:
        assert ended.answer["amounts"]["collected"] in {None, 0}


_NEW_ROLL = 'NextSteps = ["paper", { do = "paper", state = "ok" }, "wait 2", "paper", "leave"]'


def test_a_receipt_that_stopped_half_way_is_printed_again_for_whoever_still_stands_there(
    home: House, tmp_path: Path
) -> None:
    out = '[{ do = "paper", state = "out", after_mm = 60 }]'
    ended = home.visit(name=str(_script(Case("new roll", "settled", None, pages=_NEW_ROLL, prepare=out), tmp_path)))
    assert ended.code == 0, (ended.lines, ended.errors[-3:])
    half, whole = ((home.root / name).read_bytes() for name in ended.answer["paper"] if name.endswith(".escpos"))
    assert "补打".encode("gbk") not in half
    assert "补打".encode("gbk") in whole


def _insurance_code(home: House, certno: str) -> str:
    """What a telephone would show now, asked of the reference centre as the kiosk asks it: with its certificate."""
    folder = home.root / "backend"
    trust = ssl.create_default_context(cafile=str(folder / "ca.pem"))
    trust.load_cert_chain(folder / "kiosk.pem", folder / "kiosk.key")
    request = urllib.request.Request(f"{home.url}/demo/voucher", json.dumps({"certno": certno}).encode(), _JSON)
    with urllib.request.urlopen(request, context=trust, timeout=20) as answer:
        return str(json.loads(answer.read())["ecQrCode"])


_JSON = {"Content-Type": "application/json"}
_CODES = (
    'AwaitingCard = [[{{ do = "scan", code = "https://example.invalid/ssc?c=MONI" }}],'
    ' [{{ do = "scan", code = "{code}" }}]]\nFarewell = []'
)


def test_an_electronic_social_security_card_is_not_read_here_and_an_insurance_code_is(
    home: House, tmp_path: Path
) -> None:
    """Both are shown on the page that asks for a card, one after the other; no card is ever put in."""
    pages = _CODES.format(code=_insurance_code(home, "111111198101011110"))
    ended = home.visit(name=str(_script(Case("codes", "settled", None, pages=pages), tmp_path)))
    assert ended.code == 0, (ended.lines, ended.errors[-3:])
    states = ended.answer["states"]
    assert states[1:6] == ["AwaitingCard", "FindingPerson", "AwaitingCard", "FindingPerson", "FindingBills"]
    assert "ReadingCard" not in states


def _alone(neighbour: Forge, home: House, script: Path, *, url: str, workdir: Path) -> Ended:
    """A visit of another kiosk with the same simulators."""
    given = ["--workdir", str(workdir), "--backend", url, "--sim", str(home.control), "--json"]
    return neighbour.run("visit", str(script), *given)


def test_a_backend_that_is_down_is_said_on_the_first_page(home: House, neighbour: Forge, tmp_path: Path) -> None:
    case = Case("backend down", "failed", "N01", bill=None, pages='Home = ["wait 1", "enter outpatient"]')
    shutil.copytree(home.root / "backend", tmp_path / "w" / "backend", ignore=shutil.ignore_patterns("*.sock"))
    ended = _alone(neighbour, home, _script(case, tmp_path), url="https://127.0.0.1:1", workdir=tmp_path / "w")
    assert ended.code == 0, (ended.lines, ended.errors[-3:])
    assert ended.answer["states"][-1] == "OutOfService"


def test_a_certificate_of_another_authority_is_refused(
    home: House, forge: Forge, neighbour: Forge, tmp_path: Path
) -> None:
    with house(tmp_path / "stranger", forge) as stranger:
        shutil.copytree(home.root / "backend", tmp_path / "w" / "backend", ignore=shutil.ignore_patterns("*.sock"))
        case = Case("not our authority", "failed", "N04", bill=None)
        ended = _alone(neighbour, home, _script(case, tmp_path), url=stranger.url, workdir=tmp_path / "w")
        assert ended.code == 0, (ended.lines, ended.errors[-3:])
        assert stranger.audit()["open"] == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
def test_a_full_disk_stops_before_money(home: House, neighbour: Forge, tmp_path: Path) -> None:
    small = tmp_path / "w"
    small.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(small)], check=False).returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        shutil.copytree(home.root / "backend", small / "backend", ignore=shutil.ignore_patterns("ledger*", "*.sock"))
        full = Case("disk full", "failed", "K01", pages='ChoosingBill = ["wait 2", "choose"]')
        filling = threading.Thread(target=_fill_once_started, args=(small,))
        filling.start()
        ended = _alone(neighbour, home, _script(full, tmp_path), url=home.url, workdir=small)
        filling.join()
        assert ended.code == 0, (ended.lines, ended.errors[-3:])
        assert ended.answer["sid"] is None
        assert home.audit()["violations"] == []
    finally:
        subprocess.run(["umount", str(small)], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
def test_a_disk_that_is_full_when_the_visit_is_over_is_said_without_a_traceback(
    home: House, neighbour: Forge, tmp_path: Path
) -> None:
    small = tmp_path / "w"
    small.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(small)], check=False).returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        shutil.copytree(home.root / "backend", small / "backend", ignore=shutil.ignore_patterns("ledger*", "*.sock"))
        case = Case("disk full at the end", "settled", None, pages='NextSteps = ["paper", "wait 1", "leave"]')
        filling = threading.Thread(target=_fill_once_started, args=(small, "NextSteps"))
        filling.start()
        ended = _alone(neighbour, home, _script(case, tmp_path), url=home.url, workdir=small)
        filling.join()
        assert not any("Traceback" in line for line in ended.errors), ended.errors[-3:]
        assert (ended.code, ended.answer["outcome"]) in {(0, "settled"), (3, "failed")}
        assert home.audit()["violations"] == []
    finally:
        subprocess.run(["umount", str(small)], check=True)


def test_a_journal_that_cannot_be_read_at_the_end_is_said_in_words(forge: Forge, tmp_path: Path) -> None:
    with house(tmp_path, forge, mutant="tests.kills.mutants:no_room_to_read") as home:
        ended = home.visit()
    assert ended.code == 3
    assert (ended.answer["outcome"], ended.answer["fault"]) == ("failed", "K01")
    assert ended.answer["states"][-1] == "Farewell"
    assert ended.errors[-1].startswith("the journal cannot be read (JournalUnwritable SQLITE_CANTOPEN)")


def _fill_once_started(disk: Path, page: str = "ChoosingBill") -> None:
    """Leave no byte free as soon as the person looks at their bills, or at another page."""
    audit = disk / "kiosk" / "audit.jsonl"
    until = time.monotonic() + 20
    while time.monotonic() < until and not (audit.exists() and page in audit.read_text(encoding="utf-8")):
        time.sleep(0.02)
    with (disk / "rubbish").open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 1024)
        except OSError:
            return


def test_a_card_that_keeps_its_number_sends_to_the_window(home: House, tmp_path: Path) -> None:
    """Generation 3, nobody who has its keys, and no reader for the ID card that would do instead."""
    case = Case("card", "refused", "C07", bill=None, pages=_INSERT.format(how='generation = "gen3"'))
    config = tmp_path / "kiosk.toml"
    shipped = (Path(__file__).parents[2] / "config" / "kiosk.toml").read_text(encoding="utf-8")
    sections = [part for part in shipped.split("\n\n") if not part.startswith(("[key_server]", "[devices.id_reader]"))]
    assert len(sections) == shipped.count("\n\n") - 1
    config.write_text("\n\n".join(sections), encoding="utf-8")
    ended = home.visit("--config", str(config), name=str(_script(case, tmp_path)))
    assert ended.code == 0, (ended.lines, ended.errors[-3:])


def test_the_platforms_codes_are_printed_for_a_pack(home: House, forge: Forge) -> None:
    place = ["--workdir", str(home.root), "--backend", home.url]
    ended = forge.run("packs", "codes", "--type", "med_type", "--json", *place)
    assert ended.code == 0, ended.errors[-3:]
    assert ended.answer["codes"]["med_type"]["11"] == "普通门诊"


def test_an_unknown_key_is_named(home: House, forge: Forge, tmp_path: Path) -> None:
    config = tmp_path / "kiosk.toml"
    shipped = Path(__file__).parents[2] / "config" / "kiosk.toml"
    config.write_text(shipped.read_text(encoding="utf-8").replace("help_phone", "help_fone"), encoding="utf-8")
    ended = home.visit("--config", str(config))
    assert ended.code == 3
    assert "site.help_fone" in ended.errors[-1]


def test_a_kiosk_that_cannot_start_says_so_on_its_screen_until_it_is_ended(tmp_path: Path) -> None:
    config = tmp_path / "kiosk.toml"
    shipped = Path(__file__).parents[2] / "config" / "kiosk.toml"
    config.write_text(shipped.read_text(encoding="utf-8").replace("help_phone", "help_fone"), encoding="utf-8")
    command = [sys.executable, "-m", "kiosk", "run", "--config", str(config), "--workdir", str(tmp_path)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        assert process.stderr.readline().startswith("kiosk: K03: kiosk.toml: site.help_fone")
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(3)
        process.terminate()
        assert process.wait(20) == 3
    finally:
        process.kill()
        process.communicate()


_REPLIES = (
    ("html", "reversed", "S03", "html"),
    ("half", "reversed", "S03", "RemoteProtocolError"),
    ("no-infcode", "reversed", "S03", "wrong shape: infcode"),
    ("wrong-msgid", "reversed", "S03", "answers another message"),
    ("http=503", "reversed", "S03", "http 503"),
    ("texts", "settled", None, ""),
    ("negative", "reversed", "S04", "details,psn_cash_pay"),
    ("wrong-amounts", "reversed", "S04", "person"),
    ("duplicate", "settled", None, ""),
    ("refuse-at-length", "refunded", "S02", "系统繁忙，请稍后再试。" * 18),
)
"""What the n-th reply to a settlement is, how its visit ends, what its page says, how the journal's reason begins."""


def test_every_bad_reply_to_a_settlement_is_told_noted_and_undone(forge: Forge, tmp_path: Path) -> None:
    spec = ";".join(f"2207@{number}:{act}" for number, (act, *_) in enumerate(_REPLIES, 1))
    with house(tmp_path, forge, spec) as home:
        for act, outcome, fault, _ in _REPLIES:
            answer = home.visit().answer
            assert (act, answer["outcome"], answer["fault"]) == (act, outcome, fault)
            amounts = answer["amounts"]
            assert amounts["collected"] - amounts["refunded"] == (amounts["psn_cash_pay"] or 0)
        reasons = _reasons(home)
        assert [reason[: len(begin)] for reason, (*_, begin) in zip(reasons, _REPLIES, strict=True)] == [
            begin for *_, begin in _REPLIES
        ]
        assert max(map(len, reasons)) <= 200, "a megabyte is no fact for a journal"
        assert home.recover().answer["open"] == []
        audit = home.audit()
        assert (audit["violations"], audit["open"]) == ([], 0)
        assert audit["settled"] == audit["booked"] == sum(outcome == "settled" for _, outcome, *_ in _REPLIES)


def _reasons(home: House) -> list[str]:
    """What the journal keeps of each settlement's answer."""
    book = Book(home.root / "kiosk", writable=False)
    try:
        facts = [fact for _, fact, _ in book.facts()]
    finally:
        book.close()
    return [fact.reason for fact in facts if isinstance(fact, Answered) and fact.act is ActKind.SETTLE]
