"""Every kind of gateway: whole visits against a backend that asks for its signatures and checks them by other code."""

import hashlib
import logging
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kiosk.domain.policy import Gateway, SettlementProfile, Signing
from kiosk.domain.settlement import Settlement
from kiosk.faults import FaultCode
from kiosk.installed import config_dir
from kiosk.packs.loading import read_pack
from kiosk.ports.answers import NotSent, Unknown
from kiosk.ports.settlement import Accepted, Prepared, Standing
from settlement.direct.gateway import SENT_BY_US
from settlement.reference.keys import ACCOUNT
from tests.settlement.visits import Parties, Visit, got, host
from tests.support.backend import Backend, running_backend
from tests.support.parties import Ear, HandClock, party_host

SHIPPED = (config_dir() / "packs" / "000000" / "pack.toml").read_text(encoding="utf-8")
PATHS = "\n".join(f'"{infno}" = "/fsi/api/service{infno[:2]}/call{infno}"' for infno in SENT_BY_US)
CSB = '[settlement.csb]\napi_name = "fsi"\napi_version = "1.0.0"\n'


def write_pack(folder: Path, signing: Signing, gateway: Gateway) -> Path:
    """The shipped pack behind another gateway."""
    text = SHIPPED.replace('signing = "none"', f'signing = "{signing}"')
    text = text.replace('gateway = "single"', f'gateway = "{gateway}"')
    text += CSB if signing is Signing.CSB else ""
    text += f"[settlement.paths]\n{PATHS}\n" if gateway is Gateway.PER_INFNO else ""
    place = folder / "000000"
    place.mkdir(parents=True)
    (place / "pack.toml").write_text(text, encoding="utf-8")
    return place


def gateway_settings(folder: Path) -> dict[str, Any]:
    """What a site that has everything writes into its settings."""
    return {
        "account": ACCOUNT,
        "secret": folder / "gateway.secret",
        "sm2_key": folder / "gateway-kiosk.sm2",
        "sm2_platform": folder / "gateway-platform.pub",
    }


def settings_for(signing: Signing, folder: Path) -> dict[str, Any]:
    if signing is Signing.NONE:
        return {}
    settings = gateway_settings(folder)
    return settings if signing is not Signing.X_CA else settings | {"account": None}


@dataclass(frozen=True)
class House:
    """One backend behind one kind of gateway."""

    backend: Backend
    signing: Signing
    profile: SettlementProfile

    def parties(self, **changes: Any) -> Parties:
        settings = settings_for(self.signing, self.backend.folder) | changes
        return Parties.of(self.backend, host(profile=self.profile), **settings)

    def heard(self, sent: Prepared) -> str | None:
        """The platform's own digest of what it took for this message."""
        with closing(sqlite3.connect(f"file:{self.backend.folder / 'ledger.db'}?mode=ro", uri=True)) as ledger:
            row = ledger.execute("SELECT sha256 FROM messages WHERE msgid = ?", (sent.msgid,)).fetchone()
        return row and str(row[0])


SIGNED = [(signing, Gateway.SINGLE) for signing in Signing if signing is not Signing.NONE]
KINDS = [*SIGNED, (Signing.NONE, Gateway.PER_INFNO), (Signing.X_CA, Gateway.PER_INFNO)]
"""One endpoint that asks for nothing is met in test_whole_visit."""


def behind(kinds: Sequence[tuple[Signing, Gateway]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("house", kinds, indirect=True, scope="module", ids="-".join)


@pytest.fixture(scope="module")
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    signing, gateway = request.param
    folder = tmp_path_factory.mktemp(f"{signing}-{gateway}")
    pack = write_pack(folder, signing, gateway)
    with running_backend(folder, pack=pack) as backend:
        yield House(backend, signing, read_pack(pack).settlement)


@behind(KINDS)
def test_a_visit_goes_its_whole_way(house: House) -> None:
    parties = house.parties()
    visit = parties.visit("zhangsan", "cold").report()
    quote = visit.quote()
    payment = visit.pay(quote)
    sent = visit.prepare_settle(quote)
    settlement = got(Settlement, parties.platform.settle(sent))
    assert house.heard(sent) == hashlib.sha256(sent.body).hexdigest(), "the journal's digest is of what was heard"
    booking = visit.book(settlement, payment)
    assert booking.steps


@behind(KINDS)
def test_a_settlement_is_looked_up_cancelled_and_reversed(house: House) -> None:
    parties = house.parties()
    platform = parties.platform
    visit = parties.visit("zhangsan", "ct").report()
    first = visit.settle(visit.quote())
    ids = (visit.person.psn_no, visit.mdtrt_id, first.setl_id)
    look_up = platform.prepare_query(*ids, insuplc_admdvs=visit.area)
    assert platform.standing(look_up) == Standing(stands=True)
    assert platform.accept(platform.prepare_cancel(*ids, insuplc_admdvs=visit.area)) == Accepted()
    second = visit.settle(visit.quote())
    assert visit.reverse(second.msgid) == Accepted()
    undo(visit)


def undo(visit: Visit) -> None:
    platform, who = visit.parties.platform, visit.person.psn_no
    withdraw = platform.prepare_withdraw(who, visit.mdtrt_id, insuplc_admdvs=visit.area)
    assert platform.accept(withdraw) == Accepted()
    deregister = platform.prepare_deregister(who, visit.mdtrt_id, visit.batch.visit_no, insuplc_admdvs=visit.area)
    assert platform.accept(deregister) == Accepted()


@behind(KINDS)
def test_no_header_and_no_secret_is_in_any_log(house: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    parties = house.parties()
    visit = parties.visit("zhangsan", "covered").report()
    visit.reverse(visit.settle(visit.quote()).msgid)
    ours = "\n".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records if _ours(record))
    everything = "\n".join(record.getMessage() for record in caplog.records)
    assert "2207A" in ours
    files = [house.backend.folder / name for name in ("gateway.secret", "gateway-kiosk.sm2")]
    secrets = [word for file in files if file.exists() for word in file.read_text(encoding="ascii").split()]
    names = ["x-tif-", "_api_", "x-ca-", "apikey", "signData", "encData", "111111198101011110"]
    assert [word for word in (*secrets, *names) if word in ours] == []
    assert [word for word in secrets if word in everything] == []


def _ours(record: logging.LogRecord) -> bool:
    return not re.match(r"httpx2?|httpcore2?|hpack", record.name)


# --- whoever cannot sign is not heard ---


@behind(SIGNED)
def test_another_secret_is_not_heard_and_nothing_is_settled(house: House, tmp_path: Path) -> None:
    wrong = tmp_path / "secret"
    wrong.write_text("0123456789abcdef0123456789abcdef\n", encoding="ascii")
    wrong.chmod(0o600)
    platform = house.parties(secret=wrong).platform
    answer = platform.sign_in()
    assert answer == Unknown(FaultCode.REPLY_BROKEN, "http 401")


@behind(SIGNED)
@pytest.mark.expected_log("kiosk.party", logging.ERROR, "the gateway's secrets cannot be used: FileNotFoundError")
def test_a_secret_that_is_not_there_is_not_sent_and_mended_without_a_restart(house: House, tmp_path: Path) -> None:
    later = tmp_path / "secret"
    platform = house.parties(secret=later).platform
    assert platform.sign_in() == NotSent(FaultCode.SETTINGS_WRONG)
    later.write_bytes((house.backend.folder / "gateway.secret").read_bytes())
    later.chmod(0o600)
    assert platform.sign_in() == Accepted()


@behind(SIGNED)
def test_a_site_without_what_its_gateway_wants_does_not_start(house: House) -> None:
    with pytest.raises(ValueError, match=rf"signing {house.signing} needs .*secret"):
        Parties.of(house.backend, party_host(HandClock(), Ear(), house.profile))


@pytest.mark.parametrize("signing", [Signing.X_CA, Signing.SEALED])
def test_replies_that_were_lost_or_spoilt_are_unknown_behind_every_gateway(signing: Signing, tmp_path: Path) -> None:
    spec = "2207@1:lose-reply;2207@2:half;2207@3:html;2207@4:wrong-msgid;2207@5:http=502"
    pack = write_pack(tmp_path, signing, Gateway.SINGLE)
    with running_backend(tmp_path, spec, pack) as backend:
        spoilt = House(backend, signing, read_pack(pack).settlement).parties()
        visit = spoilt.visit("zhangsan", "cold").report()
        for _ in range(5):
            sent = visit.prepare_settle(visit.quote())
            assert got(Unknown, spoilt.platform.settle(sent)).fault is FaultCode.SETTLEMENT_UNKNOWN
            assert visit.reverse(sent.msgid) == Accepted()
        undo(visit)
