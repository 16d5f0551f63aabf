"""The generated documents tell what the code does today."""

from __future__ import annotations

import typing

import pytest

from kiosk import handbook
from kiosk.audit import AuditEvent
from kiosk.faults import CATALOGUE, FaultCode
from kiosk.flow.events import Event
from kiosk.flow.served_states import Served
from kiosk.flow.states import Screen
from kiosk.messages import Catalogue, Texts
from tests.support.documents import DOCS, documents
from tests.support.flow_chart import flows, ways

MADE = documents()


@pytest.mark.parametrize("name", MADE)
def test_a_document_is_what_the_code_says(name: str) -> None:
    """Stale? `.venv/bin/python -m tests.support.documents` writes them anew."""
    assert (DOCS / name).read_text(encoding="utf-8") == MADE[name]


def test_the_same_code_makes_the_same_document() -> None:
    assert documents() == MADE


def test_every_fault_is_told_in_both_languages() -> None:
    rows = {line.split("`")[1]: line for line in MADE["faults.md"].splitlines() if line.startswith("| `")}
    assert list(rows) == [code.value for code in FaultCode]
    assert "结算结果还没有查清" in rows["S03"]
    assert CATALOGUE[FaultCode.SETTLEMENT_UNKNOWN].cause in rows["S03"]


def test_a_language_that_is_not_there_yet_leaves_the_cause() -> None:
    only_zh = Catalogue({"zh": Texts("zh", {"fault.C01.what": "这张卡读不出来"})})
    row = next(line for line in handbook.faults(only_zh).splitlines() if line.startswith("| `C01`"))
    cause = CATALOGUE[FaultCode.CARD_UNREADABLE].cause
    assert row.startswith(f"| `C01` | 这张卡读不出来 | {cause} |")


def test_every_audit_event_is_told() -> None:
    assert all(f"| `{event}` |" in MADE["audit.md"] for event in AuditEvent)


def test_settings_tell_sections_drivers_kinds_and_defaults() -> None:
    text = MADE["settings.md"]
    assert "| `still_there` | 数 number | `45` | “您还在吗” |" in text
    assert "| `number` | 整数 integer | 必填 required |" in text
    assert '`[settlement]` `driver = "direct"`' in text
    assert "Annotated" not in text
    assert "typing." not in text


EVERYWHERE = {
    "HelperJoined",
    "LanguageChosen", "LookChosen", "CoverChosen", "SpeechChosen", "AloudChosen", "LowReachChosen", "Focused",
    "KeyPressed", "HeadsetChanged", "HelpCalled", "StaffCalled", "StaffCodeEntered", "StaffWasChecked", "AidClosed",
    "PersonCame",
}  # fmt: skip
"""Understood on every page, and they leave it where it is."""

ANSWERS_OF_SERVICES = {
    "FieldFilled", "PictureWanted", "OtherWayWanted", "LineReopened", "Signed",
    "FilingOpened", "FilingReported", "CasesWereSought", "StandingWasSought", "RightsWereSought",
    "AwayWasSought", "FilingWanted", "DoctorWasSought", "CaseWasAttested",
    "PictureWasTaken", "PictureWasSent", "DraftWasLeft",
}  # fmt: skip
"""What the pages of `domain.pages` can say; no visit of this chart meets a service from the catalogue."""


def test_the_flows_reach_every_page_and_meet_every_event() -> None:
    found = ways()
    assert {way.page for way in found} | {"ReadingCard"} == {
        kind.__name__ for kind in set(typing.get_args(Screen)) - set(typing.get_args(Served))
    }
    met = {way.event.split(":")[0] for way in found}
    assert {kind.__name__ for kind in typing.get_args(Event)} - met == EVERYWHERE | ANSWERS_OF_SERVICES


def test_the_chart_is_one_a_reader_can_draw() -> None:
    chart = flows().split("```mermaid\n")[1].split("```")[0].splitlines()
    assert chart[0] == "stateDiagram-v2"
    for line in chart[2:]:
        page, arrow, to, *_ = line.split()
        assert arrow == "-->"
        assert page.isidentifier()
        assert to.rstrip(":").isidentifier()
