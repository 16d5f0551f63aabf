"""The tables of docs/face.md, in Markdown."""

from __future__ import annotations

import resource
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from devices.sim.face.presented import Presented
from tests.face_eval.clips import Row
from tests.face_eval.curves import draw_det, draw_roc
from tests.face_eval.lfw import Compared, Comparison
from tests.face_eval.rates import Rate, Scores, curve, false_matches, false_non_matches, threshold_for

_FIXED, _STRANGERS = 0.363, 0.415


def photographs_report(folder: Path, pictures: Path) -> str:
    """Comparison on photographs. No threshold is chosen here: both were fixed before."""
    comparison = Comparison(folder)
    plain = comparison.plain()
    kinds = {
        "原样 · as they are": plain,
        "证件芯片 102×126 · like an ID chip": comparison.like_a_chip(),
        "口罩 · masked": comparison.masked(),
        "昏暗 · dark": comparison.dark(),
    }
    head = ("第二张照片 · second photograph", "对 · pairs", "没有找到脸 · not acquired", "0.363 处错 · errors")
    rates = ("FNMR@0.415", "FNMR@FMR 1e-3", "FNMR@FMR 1e-4")
    rows = ["| " + " | ".join((*head, *rates)) + " |", "|-|-|-|-|-|-|-|"]
    rows += [_row(name, found, plain.strangers) for name, found in kinds.items()]
    matches = false_matches(plain.strangers, _STRANGERS)
    low, high = matches.interval
    rows.append(
        f"\n所有不同的人的两两组合 · all pairs of strangers: {matches.tried:,}；0.415 处误认 · false matches "
        f"{matches.errors}，FMR {matches.share:.2e} (95 %: {low:.2e} – {high:.2e})\n"
    )
    pictures.mkdir(exist_ok=True, parents=True)
    curves = {name.split(" · ")[1]: curve(found.genuine, plain.strangers) for name, found in kinds.items()}
    draw_roc(curves, pictures / "face-roc.svg")
    draw_det(curves, pictures / "face-det.svg")
    return "\n".join(rows)


def _row(name: str, found: Compared, strangers: Scores) -> str:
    errors = false_non_matches(found.genuine, _FIXED).errors + false_matches(found.impostors, _FIXED).errors
    cells = [
        name,
        str(found.genuine.size + found.impostors.size),
        str(found.missed),
        str(errors),
        _percent(false_non_matches(found.genuine, _STRANGERS)),
        *(_percent(false_non_matches(found.genuine, threshold_for(strangers, share))) for share in (1e-3, 1e-4)),
    ]
    return "| " + " | ".join(cells) + " |"


def _percent(rate: Rate) -> str:
    low, high = rate.interval
    return f"{rate.share:.2%} ({low:.2%} – {high:.2%})"


def liveness_report(rows: Sequence[Row]) -> str:
    """BPCER and APCER by kind (ISO/IEC 30107-3), and how long a decision takes."""
    lines = ["| 镜头前 · presented | 次 · tries | 通过 · accepted | | 95 % | 怎样拒绝 · refused as |", "|-|-|-|-|-|-|"]
    for kind in Presented:
        of_kind = [row for row in rows if row.kind == kind]
        lines.append(_kind_row(kind, of_kind))
    passed = np.array([row.seconds for row in rows if row.kind == Presented.LIVE and row.accepted])
    if passed.size:
        lines.append(
            f"\n从第一次看到脸到结论 · first face to decision, {passed.size} 次: "
            f"p50 {np.percentile(passed, 50):.1f} s，p95 {np.percentile(passed, 95):.1f} s，max {passed.max():.1f} s"
        )
    lines.append(f"\n内存 · peak memory of a measuring process: {_peak():.0f} MB\n")
    return "\n".join(lines)


def _kind_row(kind: Presented, rows: Sequence[Row]) -> str:
    accepted = sum(row.accepted for row in rows)
    rate = Rate(len(rows) - accepted if kind is Presented.LIVE else accepted, len(rows))
    low, high = rate.interval
    name = "BPCER" if kind is Presented.LIVE else "APCER"
    span = f"< {rate.at_most:.1%}" if rate.errors == 0 else f"{low:.1%} – {high:.1%}"
    faults = sorted({row.fault for row in rows if row.fault})
    counted = "，".join(f"{fault} {sum(row.fault == fault for row in rows)}" for fault in faults)
    return f"| {kind} | {len(rows)} | {accepted} | {name} {rate.share:.1%} | {span} | {counted or '–'} |"


def _peak() -> float:
    own, children = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return max(own, children) / 1024
