"""The result of a run on one sheet of A4: what a vendor signs and a hospital files."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from devices.conformance.groups import TITLES, Group
from devices.conformance.report import DeviceReport, KitReport
from devices.conformance.results import Claim, Outcome, Tier, tally, visits, worst
from kiosk.fonts import embedded
from kiosk.fonts.embedded import Type

_LEFT, _RIGHT, _TOP, _BOTTOM = 18 * mm, A4[0] - 18 * mm, A4[1] - 18 * mm, 16 * mm
_INK, _GREY, _LINE = HexColor("#1b1f24"), HexColor("#5b6570"), HexColor("#c9d0d6")
_GOOD, _BAD, _OPEN = HexColor("#1f7a4d"), HexColor("#b3261e"), HexColor("#8a6d1a")
_TIERS: Final = {
    Tier.NONE: "—",
    Tier.BRONZE: "铜 bronze",
    Tier.SILVER: "银 silver",
    Tier.GOLD: "金 gold",
    Tier.PLATINUM: "铂金 platinum",
}
_OPERATORS: Final = {"sim": "模拟 simulators", "robot": "机械手 robot", "human": "人工 by hand"}
_MOST_DEVICES: Final = 18
_MOST_REMARKS: Final = 12
_NAME, _TIER, _FIGURES = 48 * mm, 22 * mm, 36 * mm


def one_page(report: KitReport) -> bytes:
    """The PDF; what does not fit stands in the JSON, and the page says how much that is."""
    embedded.load()
    sheet = BytesIO()
    canvas = Canvas(sheet, pagesize=A4, invariant=1)
    canvas.setTitle("Driver conformance 驱动符合性")
    page = _Page(canvas)
    page.heading(report)
    page.table(report)
    page.remarks(report)
    page.signature(report)
    canvas.save()
    return sheet.getvalue()


class _Page:
    """Draws from the top down; `_y` is the base line of what was drawn last."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._y = _TOP

    def heading(self, report: KitReport) -> None:
        simulated = report.bench.operator == "sim"
        verdict, colour = ("未通过 FAILED", _BAD) if report.failed else ("通过 PASSED", _GOOD)
        self._y -= 6 * mm
        self._text(_LEFT, "设备驱动符合性报告", 18, bold=True)
        self._text(_RIGHT, verdict, 16, colour, bold=True, right=True)
        self._y -= 6 * mm
        self._text(_LEFT, "Driver conformance report · yibao-kiosk devices.conformance", 9, _GREY)
        if simulated:
            self._text(_RIGHT, "在模拟设备上 on simulated devices", 9, _BAD, bold=True, right=True)
        self._y -= 8 * mm
        operator = _OPERATORS[report.bench.operator]
        began = report.began.strftime("%Y-%m-%d %H:%M")
        self._pair("工位 Bench", f"{operator}   {report.bench.place}".rstrip())
        self._pair("时间 Run", f"{began} +08:00, {report.seconds:.0f} s")
        self._pair("工具 Kit", report.kit)
        self._y -= 3 * mm

    def _pair(self, name: str, value: str) -> None:
        self._text(_LEFT, name, 9, _GREY)
        self._text(_LEFT + 28 * mm, value, 9)
        self._y -= 5 * mm

    def table(self, report: KitReport) -> None:
        """One row a device, one column a group that anything was tried in."""
        groups = sorted({check.group for device in report.devices for check in device.checks})
        self._header(groups)
        for device in report.devices[:_MOST_DEVICES]:
            self._row(device, groups)
        if (more := len(report.devices) - _MOST_DEVICES) > 0:
            self._text(_LEFT, f"还有 {more} 台，见 report.json · {more} more in report.json", 8, _GREY)
            self._y -= 5 * mm
        self._legend(groups)

    def _columns(self, groups: list[Group]) -> dict[Group, float]:
        width = (_RIGHT - _LEFT - _NAME - _TIER - _FIGURES) / max(1, len(groups))
        return {group: _LEFT + _NAME + _TIER + width * (index + 0.5) for index, group in enumerate(groups)}

    def _header(self, groups: list[Group]) -> None:
        self._rule()
        self._y -= 4 * mm
        self._text(_LEFT, "设备 Device", 8, _GREY)
        self._text(_LEFT + _NAME, "等级 Tier", 8, _GREY)
        for group, x in self._columns(groups).items():
            self._text(x, str(int(group)) if group else "*", 8, _GREY, centre=True)
        self._text(_RIGHT, "p95 · 迟 · 取消（次数）", 8, _GREY, right=True)
        self._y -= 2 * mm
        self._rule()

    def _row(self, device: DeviceReport, groups: list[Group]) -> None:
        self._y -= 4.6 * mm
        self._text(_LEFT, device.entry.title, 9, bold=True)
        self._text(_LEFT + _NAME, _TIERS[device.tier], 9, _GOOD if device.tier else _BAD)
        counts = tally(device.checks)
        for group, x in self._columns(groups).items():
            found = counts.get(group)
            if found is not None:
                self._mark(x, found[Outcome.PASSED], found[Outcome.FAILED])
        self._text(_RIGHT, _figures(device), 8, right=True)
        self._y -= 3.8 * mm
        made = device.software
        serial = " ".join(filter(None, (device.entry.firmware, device.entry.serial)))
        self._text(_LEFT, f"{made.package} {made.version} · {made.sha256[:12]}  {serial}".rstrip(), 7, _GREY)
        self._y -= 1.8 * mm
        self._rule()

    def _mark(self, x: float, passed: int, failed: int) -> None:
        """A count in green, a count of failures in red, a dash for what could not be tried."""
        if failed:
            self._text(x, f"{failed}/{passed + failed}", 8, _BAD, bold=True, centre=True)
        else:
            self._text(x, str(passed) if passed else "–", 8, _GOOD if passed else _OPEN, centre=True)

    def _legend(self, groups: list[Group]) -> None:
        self._y -= 4.5 * mm
        words = [f"{int(group) or '*'} {TITLES[group]}" for group in groups]
        for start in range(0, len(words), 5):
            self._text(_LEFT, "    ".join(words[start : start + 5]), 7, _GREY)
            self._y -= 3.8 * mm
        self._text(_LEFT, "绿 通过的检查数 checks passed · 红 失败/全部 failed/all · – 没有试成 not tried", 7, _GREY)
        self._y -= 3.8 * mm
        figures = "95% 的就诊用时 · 迟于截止 · 取消用时（就诊次数） 95th percentile of visits · late · cancel (visits)"
        self._text(_LEFT, figures, 7, _GREY)
        self._y -= 6 * mm

    def remarks(self, report: KitReport) -> None:
        lines = [line for device in report.devices for line in _remarks(device)]
        if not lines:
            return
        self._text(_LEFT, "说明 Remarks", 9, bold=True)
        room = max(1, min(_MOST_REMARKS, int((self._y - _BOTTOM - 46 * mm) / (4 * mm))))
        for text, colour in lines[:room]:
            self._y -= 4 * mm
            self._text(_LEFT, _fitted(text, 8, _RIGHT - _LEFT), 8, colour)
        if len(lines) > room:
            self._y -= 4 * mm
            self._text(_LEFT, f"还有 {len(lines) - room} 条，见 report.json · more in report.json", 8, _GREY)

    def signature(self, report: KitReport) -> None:
        """At the foot, whatever stands above."""
        self._y = _BOTTOM + 30 * mm
        self._rule()
        self._y -= 5 * mm
        self._text(_LEFT, "report.json  SHA-256", 8, _GREY)
        self._y -= 4 * mm
        self._text(_LEFT, report.digest, 8)
        self._y -= 15 * mm
        thirds = (_RIGHT - _LEFT) / 3
        for index, name in enumerate(("负责人 Responsible", "签字 Signature", "日期 Date")):
            x = _LEFT + index * thirds
            self._canvas.line(x, self._y + 4 * mm, x + thirds - 8 * mm, self._y + 4 * mm)
            self._text(x, name, 8, _GREY)
        self._y += 5.2 * mm
        self._text(_LEFT, report.bench.by, 10)

    def _rule(self) -> None:
        self._canvas.setStrokeColor(_LINE)
        self._canvas.setLineWidth(0.5)
        self._canvas.line(_LEFT, self._y, _RIGHT, self._y)

    def _text(
        self,
        x: float,
        text: str,
        size: float,
        colour: Color = _INK,
        *,
        bold: bool = False,
        right: bool = False,
        centre: bool = False,
    ) -> None:
        before = 1 if right else 0.5 if centre else 0
        embedded.write(self._canvas, x, self._y, text, Type(size, bold, colour), before)


def _figures(device: DeviceReport) -> str:
    """95 of 100 visits took no longer; the latest return after a deadline; the slowest cancel."""
    values = [worst(device.checks, name) for name in ("p95_ms", "late_ms", "cancel_ms")]
    shown = " · ".join("–" if value is None else f"{max(0, value):.0f}" for value in values)
    return f"{shown} ms ({visits(device.checks)})"


def _remarks(device: DeviceReport) -> list[tuple[str, Color]]:
    """Failures first, then claims that were not proved, then what was left out and why."""
    name = device.entry.title
    failed = [
        (f"× {name}: {check.test} ({check.reason})", _BAD) for check in device.checks if check.outcome is Outcome.FAILED
    ]
    claims = [
        (f"× {name}: 声明 claim {claim}: {verdict}", _BAD)
        for claim, verdict in device.claims.items()
        if verdict is not Claim.PROVED
    ]
    exempt = [
        (f"– {name}: {check.test}: {check.reason}", _OPEN) for check in device.checks if check.outcome is Outcome.EXEMPT
    ]
    cannot = sum(check.outcome is Outcome.CANNOT for check in device.checks)
    unable = [(f"– {name}: 工位做不到 {cannot} 项 · {cannot} checks this bench cannot do", _OPEN)] if cannot else []
    return [*failed, *claims, *exempt, *unable]


def _fitted(text: str, size: float, width: float) -> str:
    """Cut at the end, with dots, until it fits."""
    if embedded.width(text, size) * mm <= width:
        return text
    while text and embedded.width(f"{text}…", size) * mm > width:
        text = text[:-1]
    return f"{text}…"
