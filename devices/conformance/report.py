"""The result of a run as data: what `report.json` holds and the page shows."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import entry_points, version
from pathlib import Path
from typing import Any, Final

from devices.conformance.bench_file import BenchFile, DeviceEntry
from devices.conformance.results import Check, Claim, Outcome, Tier, claims_of, tally, tier_of
from kiosk import plugins

SCHEMA: Final = 1
DISTRIBUTION: Final = "yibao-kiosk"


@dataclass(frozen=True, slots=True)
class Software:
    """The driver that was tested: its package, and the digest of the file it is made in."""

    package: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class DeviceReport:
    """One device of the bench. `simulated`: it stood on a simulator, whatever the driver is."""

    entry: DeviceEntry
    software: Software
    simulated: bool
    checks: tuple[Check, ...]

    @property
    def claims(self) -> dict[str, Claim]:
        return claims_of(self.checks, self.entry.claims)

    @property
    def tier(self) -> Tier:
        return tier_of(self.checks, self.claims, simulated=self.simulated)

    @property
    def failed(self) -> bool:
        broken = any(check.outcome is Outcome.FAILED for check in self.checks)
        return broken or bool(set(self.claims.values()) - {Claim.PROVED})


@dataclass(frozen=True, slots=True)
class KitReport:
    """One run. `digest` binds the page that is signed to the file: it is that of the file without this line."""

    bench: BenchFile
    began: datetime
    seconds: float
    devices: tuple[DeviceReport, ...]

    @property
    def failed(self) -> bool:
        return any(device.failed for device in self.devices)

    @property
    def kit(self) -> str:
        return f"{DISTRIBUTION} {version(DISTRIBUTION)}"

    def content(self) -> dict[str, Any]:
        bare = self._bare()
        return bare | {"digest": _digest(bare)}

    @property
    def digest(self) -> str:
        return _digest(self._bare())

    def _bare(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "kit": self.kit,
            "operator": self.bench.operator,
            "by": self.bench.by,
            "place": self.bench.place,
            "began": self.began.isoformat(timespec="seconds"),
            "seconds": round(self.seconds, 1),
            "devices": [_device(device) for device in self.devices],
        }


def make_report(bench: BenchFile, began: datetime, seconds: float, checks: Sequence[Check]) -> KitReport:
    """The checks sorted to their devices; devices of the bench that no test met are left out."""
    simulated = bench.operator == "sim"
    met = {check.device for check in checks}
    return KitReport(
        bench,
        began,
        seconds,
        tuple(
            DeviceReport(entry, software(entry), simulated, tuple(c for c in checks if c.device == entry.title))
            for entry in bench.device
            if entry.title in met
        ),
    )


def software(entry: DeviceEntry) -> Software:
    """Who ships the driver of an entry. PluginMissing when nobody does."""
    for point in entry_points(group=f"kiosk.{entry.kind}s", name=entry.driver):
        spec = importlib.util.find_spec(point.module)
        source = Path(spec.origin).read_bytes() if spec is not None and spec.origin else b""
        package, number = (point.dist.name, point.dist.version) if point.dist is not None else ("", "")
        return Software(package, number, hashlib.sha256(source).hexdigest())
    raise plugins.PluginMissing(f"{entry.kind}s", entry.driver, plugins.names(f"{entry.kind}s"))


def _device(device: DeviceReport) -> dict[str, Any]:
    entry, made = device.entry, device.software
    return {
        "title": entry.title,
        "kind": entry.kind,
        "driver": entry.driver,
        "package": made.package,
        "version": made.version,
        "driver_sha256": made.sha256,
        "firmware": entry.firmware,
        "serial": entry.serial,
        "simulated": device.simulated,
        "tier": device.tier.name.lower(),
        "claims": {name: str(claim) for name, claim in device.claims.items()},
        "groups": {
            str(int(group)): {str(outcome): count for outcome, count in sorted(counts.items())}
            for group, counts in tally(device.checks).items()
        },
        "checks": [_check(check) for check in device.checks],
    }


def _check(check: Check) -> dict[str, Any]:
    return {
        "group": int(check.group),
        "test": check.test,
        "outcome": str(check.outcome),
        "reason": check.reason,
        "seconds": check.seconds,
        "claims": list(check.claims),
        "figures": dict(check.figures),
    }


def _digest(bare: dict[str, Any]) -> str:
    """SHA-256 of the content with sorted keys and no spaces, as UTF-8."""
    text = json.dumps(bare, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
