"""The reference backend as everybody starts it: a process of its own, with a ledger of its own."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.faults import FaultCode
from settlement.access import Access
from settlement.demo import fresh_bill
from settlement.transport import Line, Sent, Waits
from settlement.wire.codec import encode
from settlement.wire.demo import MISBEHAVE, Misbehave
from tests.support.forking import common_forge


@dataclass(frozen=True)
class Backend:
    """A backend that said it was ready."""

    url: str
    workdir: Path
    database: str

    @property
    def folder(self) -> Path:
        return self.workdir / "backend"

    @property
    def access(self) -> Access:
        folder = self.folder
        return Access(url=self.url, ca=folder / "ca.pem", cert=folder / "kiosk.pem", key=folder / "kiosk.key")

    def fresh_bill(self, certno: str, scenario: str) -> str:
        return fresh_bill(self.url, self.folder, certno, scenario)

    def misbehave(self, spec: str) -> None:
        """From now on; counted anew. Empty: good behaviour."""
        line = Line(self.access, FaultCode.HOSPITAL_UNREACHABLE, logging.getLogger("kiosk.demo"))
        try:
            answer = line.post(MISBEHAVE, encode(Misbehave(spec=spec)), Waits(5.0, 10.0), "misbehave")
        finally:
            line.close()
        assert isinstance(answer, Sent), answer

    def audit(self) -> dict[str, Any]:
        """What the ledger says of itself: counts, and violations of the invariants."""
        ended = common_forge().run("backend", "audit", "--db", self.database, "--json")
        assert ended.code in {0, 1}, ended.errors
        return ended.answer


@contextmanager
def running_backend(
    workdir: Path, misbehave: str = "", pack: Path | None = None, *, database: str = ""
) -> Iterator[Backend]:
    """`pack`: the folder of the policy pack whose gateway it plays. `database` is an SQLAlchemy URL; without one the
    ledger is the file that a backend keeps in `workdir`.
    """
    ledger = database or f"sqlite:///{workdir / 'backend' / 'ledger.db'}"
    common = ["--workdir", str(workdir), "--listen", "127.0.0.1:0", "--db", ledger]
    plays = ["--misbehave", misbehave, *(["--pack", str(pack)] if pack else [])]
    with common_forge().standing("backend", *common, *plays, log=workdir / "backend.log") as ready:
        yield Backend(ready["url"], workdir, ledger)
