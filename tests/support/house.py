"""A whole house as real processes: simulators, backend, and a kiosk that is started, killed and recovered at will."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import text

from kiosk.installed import config_dir
from kiosk.journal.book import Book
from kiosk.saga.entry import Entry
from settlement.reference.ledger.store import Ledger
from tests.support.forking import Ended, Forge, Kill, common_forge

IMPATIENT = {
    "KIOSK__RULES__STATEMENT": "false",
    "KIOSK__LIMITS__RETRY_FIRST": "0.05",
    "KIOSK__LIMITS__RETRY_MOST": "0.2",
    "KIOSK__LIMITS__PAYMENT_POLL": "0.05",
    "KIOSK__LIMITS__REPLY_DEFAULT": "10.0",
    "KIOSK__LIMITS__PATIENT_WAITS": "20.0",
    "KIOSK__LIMITS__PAUSE_AFTER": "1000",
    "KIOSK__PAYMENTS__SHOW__PATIENCE": "2.0",
}
"""Settings under which nobody waits for anybody's slow reading, and a sick platform is asked on."""


ADAPTERS = {"direct": None, "his": config_dir() / "sites" / "his.toml"}
"""Who settles, and the settings of a site where it is so; None: the demo's."""
OF_LEDGER = {"medfee_sumamt": "medfee", "fund_pay_sumamt": "fund", "acct_pay": "account", "psn_cash_pay": "cash"}
"""An amount of a visit, and its column in the platform's book."""


@dataclass(frozen=True)
class House:
    """Everything of one work directory. `visit` and `recover` are one kiosk process each, by default of the demo's
    settings, changed by `mutant` if any.
    """

    root: Path
    url: str
    control: Path
    forge: Forge
    database: str
    config: Path | None = None
    mutant: str = ""

    @property
    def _common(self) -> list[str]:
        return ["--workdir", str(self.root), *(["--config", str(self.config)] if self.config else [])]

    def visit(self, *options: str, name: str = "quick", kill: Kill | None = None) -> Ended:
        given = [*self._common, "--backend", self.url, "--sim", str(self.control), "--json"]
        return self.forge.run("visit", name, *given, *options, kill=kill, mutant=self.mutant)

    def recover(self, kill: Kill | None = None) -> Ended:
        given = [*self._common, "--backend", self.url, "--json"]
        return self.forge.run("journal", "recover", *given, kill=kill, mutant=self.mutant)

    def audit(self) -> dict[str, Any]:
        """What the other side's ledger says."""
        return self.forge.run("backend", "audit", "--json", "--db", self.database).answer

    def verify(self) -> Ended:
        return self.forge.run("journal", "verify", "--json", "--workdir", str(self.root))

    def ledger(self, query: str, *values: str) -> list[dict[str, Any]]:
        """Rows of the other side's own book, by column."""
        book = sqlite3.connect(f"file:{self.root}/backend/ledger.db?mode=ro", uri=True)
        book.row_factory = sqlite3.Row
        try:
            return [dict(row) for row in book.execute(query, values)]
        finally:
            book.close()

    def settled(self, setl_id: str) -> dict[str, int]:
        """The amounts of a settlement as the platform has them, in either database."""
        query = f"SELECT {', '.join(OF_LEDGER.values())} FROM settlements WHERE setl_id = :setl_id"
        with closing(Ledger(self.database)) as ledger, ledger.look() as session:
            row = session.execute(text(query), {"setl_id": setl_id}).one()
        return dict(zip(OF_LEDGER, row, strict=True))

    def readable(self, ended: Ended) -> str:
        """What stands on the slips of a visit, as far as it is text."""
        slips = [path for path in ended.answer["paper"] if path.endswith(".escpos")]
        return "".join((self.root / path).read_bytes().decode("gbk", errors="replace") for path in slips)

    def entries(self) -> dict[str, Entry]:
        book = Book(self.root / "kiosk", writable=False)
        try:
            return book.entries()
        finally:
            book.close()

    def rows(self) -> int:
        return int(self.verify().answer["rows"])


@contextmanager
def house(
    root: Path,
    forge: Forge,
    misbehave: str = "",
    config: Path | None = None,
    *,
    mutant: str = "",
    database: str = "",
) -> Iterator[House]:
    """Backend and simulators of their own, ended with the block."""
    common = ["--workdir", str(root)]
    ledger = database or f"sqlite:///{root / 'backend' / 'ledger.db'}"
    spec = ["--misbehave", misbehave] if misbehave else []
    root.mkdir(parents=True, exist_ok=True)
    listen = ["--listen", "127.0.0.1:0", "--db", ledger]
    beside = common_forge()
    with (
        beside.standing("backend", *listen, *common, *spec, log=root / "backend.log") as backend,
        beside.standing("sim", *common, log=root / "sim.log") as sim,
    ):
        yield House(root, backend["url"], Path(sim["control"]), forge, ledger, config, mutant)


def impatient_environment() -> dict[str, str]:
    """Ours, with the settings above; no display is wanted."""
    return {**{name: value for name, value in os.environ.items() if not name.startswith("KIOSK__")}, **IMPATIENT}
