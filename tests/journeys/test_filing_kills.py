"""Kill -9 at every row of an application's journal, with and without lost replies: nothing lost, nothing twice.

The office's own book is asked, not the kiosk's.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest

from kiosk.filing.course import Stage
from kiosk.journal.filings import dossiers_in
from tests.kills.rounds import KILLS
from tests.support.forking import Forge, Kill
from tests.support.house import House, house
from tests.support.proofs import Proved

_VISIT = "away-filing"
_DEEPEST = 12
"""More rows than the visit has, with one lost reply; those of its draft, its submission and its score."""


def killed(home: House, row: int, when: Literal["before", "after"] = "after") -> bool:
    return home.visit(name=_VISIT, kill=Kill(row, when)).code == -9


def judge(home: House) -> list[str]:
    """Every application that anybody confirmed is at the office once, and known here; or it is not there at all."""
    assert home.visit(name="query-rights").code == 0  # another start takes up what was left
    keys = [str(row["key"]) for row in home.ledger("SELECT key FROM filed_cases")]
    wrong = [f"{key} twice" for key in set(keys) if keys.count(key) > 1]
    for dossier in dossiers_in(home.root / "kiosk"):
        if dossier.stage is Stage.GOING or (dossier.stage is Stage.SOUGHT and dossier.key in keys):
            wrong.append(f"{dossier.sid} is still {dossier.stage}")
        if dossier.case is not None and dossier.key not in keys:
            wrong.append(f"{dossier.sid} has a case nobody gave")
        if dossier.application is None and dossier.key in keys:
            wrong.append(f"{dossier.sid} was handed in by nobody")
    known = {dossier.key for dossier in dossiers_in(home.root / "kiosk") if dossier.case is not None}
    return wrong + [f"{key} is at the office and not known here" for key in set(keys) - known]


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_at_any_row_an_application_is_handed_in_once(
    when: Literal["before", "after"], forge: Forge, tmp_path: Path, proved: Proved
) -> None:
    with house(tmp_path, forge) as home:
        kills = sum(killed(home, row, when) for row in range(1, _DEEPEST, 3 if when == "before" else 1))
        assert kills >= 3
        assert judge(home) == []
    proved(KILLS, kills)


@pytest.mark.parametrize("act", ["lose-reply", "lose-request"])
def test_killed_while_the_office_is_hard_to_hear(act: str, forge: Forge, tmp_path: Path, proved: Proved) -> None:
    wrongs = ";".join(f"office.submit@{call}:{act}" for call in range(1, 30, 2))
    with house(tmp_path, forge, wrongs) as home:
        kills = sum(killed(home, row) for row in range(4, _DEEPEST, 3))
        assert judge(home) == []
    proved(KILLS, kills)
