"""Far ends and devices in memory, for a thousand visits in a minute. Nothing of a visit stays in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from pydantic import BaseModel, ConfigDict

from kiosk import plugins
from kiosk.ports.documents import PaidBill, Site
from kiosk.ports.driver import Driver
from tests.support.fake_devices import FakeIdReader, FakePagePrinter, FakeReader, FakeReceiptPrinter, FakeScanner
from tests.support.fakes import World
from tests.support.people import BATCH, IDENTITY

_PATIENCE = 1.0
_STATEMENTS = 10  # one visit in so many gets a real PDF, which takes as long as all the rest of it


class _Anything(BaseModel):
    model_config = ConfigDict(extra="allow", frozen=True)


class _Current:
    """A port of whatever world is the current one."""

    def __init__(self, port: Callable[[], Any]) -> None:
        self._port = port

    def __getattr__(self, name: str) -> Any:
        return getattr(self._port(), name)


class _FewStatements:
    """The real maker of paper, whose PDFs are real now and then."""

    def __init__(self, documents: Any) -> None:
        self._documents, self._asked = documents, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._documents, name)

    def statement(self, bill: PaidBill, site: Site) -> bytes:
        self._asked += 1
        pdf: bytes = b"" if self._asked % _STATEMENTS else self._documents.statement(bill, site)
        return pdf


class Hall:
    """What stands around the kiosk. A `kiosk.demo.Simulator`: it does what the person of a script does."""

    def __init__(self) -> None:
        self.world = World()
        self.reader, self.scanner = FakeReader(), FakeScanner()
        self.receipts, self.pages = FakeReceiptPrinter(), FakePagePrinter()
        self._visits = 0

    def fresh_bill(self) -> str:
        """Another world with another bill; the last one is forgotten, with all that happened in it."""
        self._visits += 1
        number = f"B{self._visits}"
        self.world = World(batches=(replace(BATCH, batch_no=number, chrg_bchno=number, visit_no=number),))
        self.receipts.slips.clear()
        self.pages.pages.clear()
        return number

    def ask(self, do: str, **fields: Any) -> dict[str, Any]:
        match do:
            case "insert":
                self.reader.insert(IDENTITY)
            case "remove":
                self.reader.remove()
            case "scan":
                if self.scanner.scanning.wait(_PATIENCE):  # else the page was left again before anybody could
                    self.scanner.show(str(fields["code"]))
            case _:
                raise ValueError(do)
        return {}

    def close(self) -> None:
        """Nothing to let go of."""

    @contextmanager
    def announced(self) -> Iterator[None]:
        """Let the kiosk find these instead of the drivers its settings name."""
        made: dict[str, Any] = {
            "settlements": _Current(lambda: self.world.platform),
            "hospitals": _Current(lambda: self.world.hospital),
            "payments": _Current(lambda: self.world.payment),
            "card_readers": self.reader,
            "id_readers": FakeIdReader(),
            "scanners": self.scanner,
            "receipt_printers": self.receipts,
            "page_printers": self.pages,
        }
        found = plugins.driver

        def driver(group: str, name: str) -> Driver[Any]:
            if group == "documents":
                real = found(group, name)
                return Driver(real.settings, simulated=False, make=lambda s, h: _FewStatements(real.make(s, h)))
            return Driver(_Anything, simulated=True, make=lambda _settings, _host: made[group])

        with patch.object(plugins, "driver", driver):
            yield
