"""`kiosk metrics`: reads what the kiosks counted, says it, and writes it as CSV and as one page of plots."""

from __future__ import annotations

import argparse
import csv
import os
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path

from kiosk import usage
from kiosk.installed import config_dir
from kiosk.messages import Catalogue, Texts
from kiosk.packs.loading import PackWrong, read_pack
from kiosk.settings import SettingsWrong, read_settings, settings_file
from kiosk.terminal import NOT_POSSIBLE, OK, OTHER_END, complain, day, say, say_json
from kiosk.usage import COLUMNS, Figures, Usage, UsageUnreadable, figures
from printing.metrics.page import Report, plots


class MetricsCommand:
    """Announced as an entry point of `kiosk.commands`."""

    name = "metrics"
    help = "what each item asks of people: materials, steps, taps, seconds, finished here, ratings"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--since", type=day, metavar="YYYY-MM-DD", help="first day")
        parser.add_argument("--until", type=day, metavar="YYYY-MM-DD", help="last day")
        parser.add_argument("--rows", type=Path, metavar="DIR", help="usage.jsonl of several kiosks, *.jsonl")
        parser.add_argument("--csv", type=Path, metavar="FILE", help="every visit, a line each")
        parser.add_argument("--plot", type=Path, metavar="FILE", help="one page of plots, PDF")
        parser.add_argument("--json", action="store_true", help="answer as JSON")

    def run(self, arguments: argparse.Namespace) -> int:
        """1 when nothing was counted."""
        files = _files(arguments)
        try:
            rows = [row for file in files for row in usage.read(file) if _within(row, arguments)]
        except UsageUnreadable as problem:
            complain(f"{problem}")
            return NOT_POSSIBLE
        found = figures(rows)
        if arguments.json:
            say_json({"schema": 1, "visits": len(rows), "items": [asdict(one) for one in found]})
        else:
            for one in found:
                say(_line(one))
        if arguments.csv is not None:
            _write_csv(arguments.csv, rows)
        if arguments.plot is not None and found:
            arguments.plot.write_bytes(_page(arguments, rows, found))
        return OK if rows else OTHER_END


def _files(arguments: argparse.Namespace) -> list[Path]:
    if arguments.rows is not None:
        return sorted(arguments.rows.glob("*.jsonl"))
    own = Path(arguments.workdir) / "kiosk" / usage.FILE
    return [own] if own.exists() else []


def _within(row: Usage, arguments: argparse.Namespace) -> bool:
    since, until = arguments.since or date.min, arguments.until or date.max
    return bool(since <= row.day <= until)


def _line(one: Figures) -> str:
    rated = f"评价 {one.rating:.1f}（{one.rated} 次）" if one.rated else "没有评价"
    asked = f"材料 {one.materials:g}  填写 {one.answers:g}  环节 {one.steps:g}  点击 {one.taps:g}  {one.seconds:g} 秒"
    return f"{one.item:<20} {one.visits} 次  机上办结 {one.here:.0%}  {asked}  {rated}"


def _write_csv(path: Path, rows: Iterable[Usage]) -> None:
    """With a byte order mark: spreadsheets in Chinese offices take it for UTF-8 only then."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.DictWriter(file, COLUMNS)
        table.writeheader()
        for row in rows:
            table.writerow({**asdict(row), "day": row.day.isoformat(), "ended": row.ended.value})


def _page(arguments: argparse.Namespace, rows: list[Usage], found: tuple[Figures, ...]) -> bytes:
    texts = Catalogue.read(config_dir() / "texts").of("zh")
    days = [row.day for row in rows]
    kiosks = len({row.kiosk for row in rows})
    return plots(Report(found, min(days), max(days), kiosks, len(rows), _names(arguments, texts)), texts)


def _names(arguments: argparse.Namespace, texts: Texts) -> dict[str, str]:
    """Of items, as the pack in use writes them; a key that it does not know stands for itself."""
    known = {"settlement": texts.say("metrics.settlement"), "advice": texts.say("services.advice.title")}
    try:
        fill = {"workdir": str(arguments.workdir)}
        settings = read_settings(settings_file(arguments.config), fill, dict(os.environ))
        pack = read_pack(config_dir() / "packs" / settings.kiosk.pack)
    except (SettingsWrong, PackWrong):
        return known
    return known | {key: item.name.zh for key, item in pack.services.items.items()}


command = MetricsCommand()
