"""The demo's surroundings: what is started is told what the visit was told."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import pytest

from kiosk import demo
from kiosk.workdir import Workdir


class _Recorded:
    """A child that is ready at once and remembers how it was called."""

    calls: ClassVar[list[list[str]]] = []

    def __init__(self, argv: list[str], log: Path) -> None:
        del log
        self.calls.append(argv)

    def ready(self) -> dict[str, str]:
        return {"control": "/sim/control.sock", "url": "https://127.0.0.1:1"}

    def end(self) -> None: ...


def test_a_backend_of_the_visits_own_plays_the_gateway_of_the_visits_pack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "Child", _Recorded)
    _Recorded.calls.clear()
    pack = tmp_path / "packs" / "000000"
    with demo.surroundings(Workdir(tmp_path), misbehave="2207:half", pack=pack) as around:
        assert around.backend_url == "https://127.0.0.1:1"
    backend = next(call for call in _Recorded.calls if call[0] == "backend")
    assert backend[backend.index("--pack") :][:2] == ["--pack", str(pack)]
    assert backend[backend.index("--misbehave") :][:2] == ["--misbehave", "2207:half"]
