"""`kiosk packs`: whether packs are good, what they say and where from, and what an update changes."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

from kiosk import plugins
from kiosk.domain.catalogue import Element, Item, Source
from kiosk.domain.policy import Pack
from kiosk.engine.clock import SystemClock
from kiosk.installed import config_dir
from kiosk.journal.book import Book
from kiosk.journal.codec import Undecodable
from kiosk.journal.filings import dossiers_in
from kiosk.journal.seal import Unsealable
from kiosk.journal.store import JournalUnreadable, JournalUnwritable
from kiosk.packs.comparing import differences
from kiosk.packs.growth import growths
from kiosk.packs.loading import PackWrong, in_force, read_pack
from kiosk.packs.trust import Trust, read_keys
from kiosk.ports.verifier import Verifier
from kiosk.saga.entry import Entry
from kiosk.settings import SettingsWrong, read_settings, settings_file
from kiosk.shadowing import last_day, on_day, replay, settled_on
from kiosk.terminal import NOT_POSSIBLE, OK, OTHER_END, WRONG_USE, complain, say, say_json
from kiosk.workdir import Workdir


def find_verifier(algorithm: str) -> Verifier | None:
    """The installed verifier of an algorithm, None when there is none."""
    try:
        made: Verifier = plugins.load("verifiers", algorithm)()
    except plugins.PluginMissing:
        return None
    return made


def make_trust(keys: Path | None, *, strict: bool) -> Trust:
    """The keys of this file, else the shipped ones; PackWrong when they cannot be read."""
    return Trust(read_keys(keys or config_dir() / "packs" / "trusted.toml"), find_verifier, strict=strict)


def installed_pack(area: str, kept: Path) -> Path:
    """Where the pack of this area lies; PackWrong names those there are, when it is neither installed nor `kept`."""
    packs = config_dir() / "packs"
    if not (packs / area).is_dir() and not (kept / area).is_dir():
        raise PackWrong(f'[kiosk] pack = "{area}": {_no_pack()}')
    return packs / area


def _no_pack() -> str:
    packs = config_dir() / "packs"
    there = ", ".join(sorted(each.name for each in packs.iterdir() if each.is_dir()))
    return f"没有这个策略包 · no such pack; {packs}: {there}"


def inspect_packs(action: str, area: str | None, *, as_json: bool) -> int:
    """`verify`: every pack reads, is signed and in force, or says what is wrong; `show`: what one holds."""
    given = Path(area) if area else None
    shipped = sorted(p for p in (config_dir() / "packs").iterdir() if p.is_dir() and area in {None, p.name})
    folders = shipped or ([given] if given is not None and given.is_dir() else [])
    if not folders:
        complain(f"{area}: {_no_pack()}")
        return WRONG_USE
    today = SystemClock().now().date()
    rows = [_row(folder, action, today) for folder in folders]
    if as_json:
        say_json({"schema": 1, "packs": rows})
    elif action == "show":
        for row in rows:
            _say_pack(row)
    else:
        for row in rows:
            say(_verdict(row))
    return OTHER_END if any("wrong" in row for row in rows) else OK


def _verdict(row: dict[str, Any]) -> str:
    """One pack in a sentence: whole and in force, or what is wrong with it and on which line."""
    if "wrong" in row:
        return f"{row['area']}  不能用 · refused: {row['wrong']}"
    signed = row["signed_by"]
    by = "没有签名，只能用于模拟 · unsigned, for simulation alone"
    if signed:
        by = f"由 {signed} 签名 · signed by {signed}"
    force = "在有效期内 · in force" if row["in_force"] else "不在有效期内 · not in force"
    return f"{row['area']} {row['name']} {row['version']}  完整 · whole; {by}; {force}"


def _row(folder: Path, action: str, today: date) -> dict[str, Any]:
    try:
        pack = read_pack(folder, today=today)
        signed = make_trust(None, strict=False).check(folder, pack)
    except PackWrong as problem:
        return {"area": folder.name, "wrong": str(problem)}
    row: dict[str, Any] = {"area": pack.area, "name": pack.name, "version": pack.version}
    row |= {"in_force": in_force(pack, today), "signed_by": signed or None}
    return row | _contents(pack) if action == "show" else row


def _contents(pack: Pack) -> dict[str, Any]:
    services = pack.services
    return {
        "effective": pack.effective.isoformat(),
        "expires": pack.expires.isoformat() if pack.expires else None,
        "simulated": pack.simulated,
        "settlement": str(pack.settlement),
        "overlays": list(services.overlays),
        "items": [_item(item) for item in services.items.values()],
        "figures": [
            {"key": one.key, "value": one.value, "text": one.text.zh} | _source(one.source) for one in services.figures
        ],
        "diseases": [
            {"key": one.key, "count": one.count, "named": [row.name.zh for row in one.diseases]} | _source(one.source)
            for one in services.disease_lists
        ],
        "pairs": [
            {"here": one.here, "there": one.there, "text": one.what.zh} | _source(one.source) for one in services.pairs
        ],
    }


def _item(item: Item) -> dict[str, Any]:
    stated = {element.value: said.text.zh for element, said in item.told.items()}
    sources = {element.value: _source(said.source) for element, said in item.told.items() if said.source}
    left = [element.value for element in Element if element in item.not_stated]
    return {"key": item.key, "kind": item.kind.value, "stated": stated, "sources": sources, "not_stated": left}


def _source(source: Source) -> dict[str, str]:
    return {"document": source.document.cited, "place": source.place, "quote": source.quote}


def _say_pack(row: dict[str, Any]) -> None:
    if "wrong" in row:
        say(f"{row['area']}  {row['wrong']}")
        return
    say(f"{row['area']} {row['name']} {row['version']}  签名 {row['signed_by'] or '无'}")
    for item in row["items"]:
        say(f"  {item['key']}")
        for element, text in item["stated"].items():
            source = item["sources"].get(element)
            say(f"    {element:<11}{text}" + (f"  ［{source['document']}］" if source else ""))
        if item["not_stated"]:
            say(f"    文件未载明：{' '.join(item['not_stated'])}")
    for figure in row["figures"]:
        say(f"  {figure['text']}  「{figure['quote']}」{figure['document']}")


def compare_packs(old: str, new: str, *, as_json: bool) -> int:
    """What changes from one pack to the other, each an area code or a folder; 1 when anything does.

    What asks more of people than before stands apart (只减不增); 3 when that has no stated reason.
    """
    try:
        before, after = _pack_folder(old), _pack_folder(new)
        found, grown = differences(before, after), growths(before, after)
    except PackWrong as problem:
        complain(f"{problem}")
        return NOT_POSSIBLE
    if as_json:
        say_json(
            {
                "schema": 1,
                "differences": [{"key": d.key, "old": d.old, "new": d.new} for d in found],
                "growths": [
                    {"item": g.item, "what": g.what, "old": g.old, "new": g.new, "reason": g.reason} for g in grown
                ],
            }
        )
    else:
        for one in found:
            say(f"{one.key}: {_shown(one.old)} -> {_shown(one.new)}")
        for more in grown:
            said = more.reason or "没有写明理由，不能这样改（只减不增）"
            say(f"增加  {more.item} {more.what}: {more.old} -> {more.new}  {said}")
    if any(not more.allowed for more in grown):
        return NOT_POSSIBLE
    return OTHER_END if found else OK


def _pack_folder(name: str) -> Path:
    """A folder somebody downloaded, or an installed pack by its area code; PackWrong when it is neither."""
    for folder in (Path(name), config_dir() / "packs" / name):
        if folder.is_dir():
            return folder
    raise PackWrong(f"{name}: {_no_pack()}")


def _shown(value: str | None) -> str:
    return "-" if value is None else value


def shadow_pack(new: str, day: date | None, config: Path | None, root: Path, *, as_json: bool) -> int:
    """A day's visits under the pack in use and under another; 1 when anything would have been otherwise.

    Without `day` it is the last one on which anybody was here. 3 when pack or journals cannot be read.
    """
    try:
        settings = read_settings(settings_file(config), {"workdir": str(root)}, dict(os.environ))
        old, after = read_pack(config_dir() / "packs" / settings.kiosk.pack), read_pack(_pack_folder(new))
        folder = Workdir(root).kiosk
        dossiers, entries = dossiers_in(folder), _entries(folder)
    except (PackWrong, SettingsWrong, JournalUnreadable, JournalUnwritable, Undecodable, Unsealable) as problem:
        complain(f"{problem}" or type(problem).__name__)
        return NOT_POSSIBLE
    day = day or last_day(dossiers, entries)
    if day is None:
        complain("账本里还没有人来过，没有可以比的 · nobody was here yet, so there is nothing to compare")
        return OTHER_END
    mine, paid = on_day(dossiers, day), settled_on(entries, day)
    found = list(replay(mine, paid, old, after))
    if as_json:
        rows = [{"visit": d.number, "item": d.item, "what": d.what, "old": d.old, "new": d.new} for d in found]
        say_json(
            {"schema": 1, "day": day.isoformat(), "filings": len(mine), "settlements": len(paid), "differences": rows}
        )
    else:
        for one in found:
            say(f"{one.number}  {one.item}  {one.what}: {one.old or '-'} -> {one.new or '-'}")
        say(
            f"{day}  {old.area} {old.version} -> {after.area} {after.version}  申请 {len(mine)} 份，结算 {len(paid)} 笔"
        )
    return OTHER_END if found else OK


def _entries(folder: Path) -> list[Entry]:
    """None where nobody ever paid here."""
    if not (folder / "journal.db").exists():
        return []
    book = Book(folder, writable=False)
    try:
        return list(book.entries().values())
    finally:
        book.close()
