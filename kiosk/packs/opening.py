"""Opens the pack of this kiosk: the newest that is whole, in force and trusted, else the last one that was."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kiosk.domain.policy import Pack
from kiosk.packs.complaints import PackWrong
from kiosk.packs.lines import line_of
from kiosk.packs.loading import in_force, read_pack, read_tree
from kiosk.packs.trust import FILE, Trust


@dataclass(frozen=True, slots=True)
class Opened:
    """`folder` is where it was read from. `refused` says what is wrong with a newer one that was not taken."""

    pack: Pack
    folder: Path
    refused: str | None = None


def open_pack(folder: Path, kept: Path, today: date, trust: Trust, overrides: dict[str, Any] | None = None) -> Opened:
    """The pack in `folder`, or the copy under `kept` of the last good one; PackWrong when there is neither."""
    former = kept / folder.name
    try:
        return Opened(_checked(folder, today, trust, overrides, former), folder)
    except PackWrong as problem:
        try:
            return Opened(_checked(former, today, trust, overrides), former, str(problem))
        except PackWrong:
            raise problem from None


def _checked(
    folder: Path, today: date, trust: Trust, overrides: dict[str, Any] | None, former: Path | None = None
) -> Pack:
    pack = read_pack(folder, overrides, today)
    if not in_force(pack, today):
        raise PackWrong(_out_of_force(folder, pack, today))
    trust.check(folder, pack, former)
    return pack


def _out_of_force(folder: Path, pack: Pack, today: date) -> str:
    key, said = ("effective", "begins") if today < pack.effective else ("expires", "ended")
    day = pack.effective if today < pack.effective else pack.expires
    line = line_of((folder / FILE).read_text(encoding="utf-8"), ("pack", key))
    clock = f"不在有效期内，本机时钟是 {today} · this machine's clock says {today}"
    return f"{folder.name}/{FILE}: pack.{key}: not in force, {said} on {day} (line {line}); {clock}"


def keep(opened: Opened, kept: Path) -> None:
    """Copy a good pack, and the one that lends it a settlement, to where the next start finds them; OSError if not."""
    if opened.refused is not None:
        return
    lender = read_tree(opened.folder).get("pack", {}).get("settlement_of")
    for area in (opened.folder.name, *([lender] if lender else ())):
        _copy(opened.folder.parent / area, kept / area)


def _copy(source: Path, place: Path) -> None:
    """Whole or not at all: the new copy takes the old one's name only when it is complete."""
    place.parent.mkdir(parents=True, exist_ok=True)
    draft, gone = place.with_name(f"{place.name}.new"), place.with_name(f"{place.name}.old")
    for left in (draft, gone):
        shutil.rmtree(left, ignore_errors=True)
    shutil.copytree(source, draft)
    if place.exists():
        place.rename(gone)
    draft.rename(place)
    shutil.rmtree(gone, ignore_errors=True)
