"""A whole house as real processes: simulators, backend, and a kiosk that is started, killed and recovered at will."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.journal.book import Book
from kiosk.saga.entry import Entry
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
