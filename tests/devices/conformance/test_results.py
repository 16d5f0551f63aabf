"""What a run says of a driver: claims proved or not, the tier it earns, one page and a file that belong together."""

import hashlib
import json
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from devices.conformance.bench_file import BenchFile, DeviceEntry
from devices.conformance.groups import Group
from devices.conformance.page import one_page
from devices.conformance.report import KitReport, make_report, software
from devices.conformance.results import Check, Claim, Outcome, Tier, claims_of, tier_of
from kiosk.plugins import PluginMissing
from kiosk.ports.clock import BEIJING

PASSED, FAILED, CANNOT = Outcome.PASSED, Outcome.FAILED, Outcome.CANNOT
NOON = datetime(2026, 7, 1, 12, 0, tzinfo=BEIJING)
GROUPS = (Group.DISCOVERY, Group.LIFECYCLE, Group.DEADLINES, Group.PRIVACY, Group.SCANNER, Group.HEALTH)


def check(group: Group, outcome: Outcome = PASSED, test: str = "test_it", *claims: str, **figures: float) -> Check:
    return Check("my_scanner", group, test, outcome, "", 0.1, claims, figures)


def whole(visits: int = 1_000) -> list[Check]:
    return [*map(check, GROUPS), check(Group.SOAK, visits=visits, p95_ms=12.5)]


def test_the_tiers_build_on_one_another() -> None:
    good = whole()
    assert tier_of(good, {}, simulated=False) is Tier.PLATINUM
    assert tier_of(good, {}, simulated=True) is Tier.GOLD
    assert tier_of(whole(visits=999), {}, simulated=True) is Tier.SILVER
    assert tier_of([*good, check(Group.HEALTH, CANNOT)], {}, simulated=True) is Tier.SILVER
    assert tier_of([*good, check(Group.HEALTH, FAILED)], {}, simulated=True) is Tier.BRONZE
    assert tier_of([each for each in good if each.group is not Group.SCANNER], {}, simulated=True) is Tier.BRONZE


@pytest.mark.parametrize("group", [Group.DISCOVERY, Group.LIFECYCLE, Group.DEADLINES, Group.PRIVACY])
def test_without_the_foundations_there_is_no_tier(group: Group) -> None:
    assert tier_of([*whole(), check(group, FAILED)], {}, simulated=True) is Tier.NONE
    assert tier_of([each for each in whole() if each.group is not group], {}, simulated=True) is Tier.NONE


@pytest.mark.parametrize(
    ("outcomes", "verdict"),
    [
        ([PASSED], Claim.PROVED),
        ([PASSED, CANNOT], Claim.PROVED),
        ([PASSED, FAILED], Claim.BROKEN),
        ([CANNOT], Claim.UNPROVED),
        ([Outcome.EXEMPT], Claim.UNPROVED),
        ([], Claim.UNPROVED),
    ],
)
def test_a_claim_is_proved_by_a_check_that_passed_and_by_nothing_else(outcomes: list[Outcome], verdict: Claim) -> None:
    checks = [check(Group.PRINTER, outcome, "test_it", "near_end") for outcome in outcomes]
    claims = claims_of([*checks, check(Group.PRINTER)], {"near_end"})
    assert claims == {"near_end": verdict}
    expected = Tier.SILVER if verdict is Claim.PROVED and CANNOT in outcomes else Tier.GOLD
    assert tier_of([*whole(), *checks], claims, simulated=True) is (
        expected if verdict is Claim.PROVED else Tier.BRONZE
    )


def reported(*checks: Check, claims: frozenset[str] = frozenset()) -> KitReport:
    device = DeviceEntry(kind="scanner", driver="sim_serial_scanner", name="my_scanner", claims=claims)
    bench = BenchFile(operator="sim", by="王工", place="实验室", device=(device,))
    return make_report(bench, NOON, 61.0, checks)


def pages(report: KitReport) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(BytesIO(one_page(report))).pages]


def test_page_and_file_belong_together() -> None:
    report = reported(*whole())
    content = json.loads(json.dumps(report.content(), ensure_ascii=False))
    digest = content.pop("digest")
    bare = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert digest == hashlib.sha256(bare.encode()).hexdigest()
    (page,) = pages(report)
    assert digest in page
    assert all(word in page for word in ("my_scanner", "金 gold", "通过 PASSED", "王工", "2026-07-01 12:00"))


def test_a_failure_is_named_by_its_place_and_turns_the_verdict() -> None:
    failed = replace(check(Group.FRAMING, FAILED, "test_noise"), reason="call: scanner.py:7")
    (page,) = pages(reported(*whole(), failed))
    assert all(word in page for word in ("未通过 FAILED", "test_noise", "scanner.py:7", "1/1"))


def test_an_unproved_claim_turns_the_verdict() -> None:
    report = reported(*whole(), claims=frozenset({"answers_commands"}))
    assert report.failed
    assert "answers_commands: unproved" in pages(report)[0]


def test_a_long_story_stays_on_one_page() -> None:
    failed = [check(Group.FRAMING, FAILED, f"test_{'very_' * 30}long_{number}") for number in range(60)]
    (page,) = pages(reported(*whole(), *failed))
    assert "report.json" in page


def test_the_driver_is_known_by_its_package_and_the_digest_of_its_file() -> None:
    entry = DeviceEntry(kind="scanner", driver="serial_scanner")
    made = software(entry)
    source = Path(__file__).parents[3] / "devices" / "drivers" / "serial_scanner.py"
    assert (made.package, made.sha256) == ("yibao-kiosk", hashlib.sha256(source.read_bytes()).hexdigest())
    with pytest.raises(PluginMissing):
        software(DeviceEntry(kind="scanner", driver="nobody_s"))
