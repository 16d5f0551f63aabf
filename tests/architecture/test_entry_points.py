"""What the kiosk finds by name can be loaded, and is what its group promises."""

import tomllib
from importlib.metadata import EntryPoint, distribution

from kiosk.ports.driver import Driver
from tests.architecture.source import ROOT

DRIVER_GROUPS = {
    "cameras", "card_readers", "confirmings", "documents", "face_platforms", "face_terminals",
    "faces", "filings", "guide_lights", "hospitals", "id_readers", "insurers", "key_servers", "keypads",
    "mobile_centres", "page_printers", "paper_judges", "payment_terminals", "payments", "pin_pads",
    "power_sources", "presence_sensors", "receipt_printers", "scanners", "settlements", "speakers",
    "voucher_centres",
}  # fmt: skip
OTHER_GROUPS = {"commands", "demos", "frontends", "simulators", "verifiers"}


def announced() -> list[EntryPoint]:
    return [point for point in distribution("yibao-kiosk").entry_points if point.group.startswith("kiosk.")]


def drivers() -> list[tuple[EntryPoint, object]]:
    return [(point, point.load()) for point in announced() if point.group.removeprefix("kiosk.") in DRIVER_GROUPS]


def test_the_installation_knows_all_that_the_project_announces() -> None:
    """When this fails, run `make setup`: an editable installation learns of new entry points only then."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    written = {
        (group, name, target)
        for group, points in project.get("entry-points", {}).items()
        if group.startswith("kiosk.")
        for name, target in points.items()
    }
    assert {(point.group, point.name, point.value) for point in announced()} == written


def test_every_group_is_one_that_the_kiosk_reads() -> None:
    assert {point.group.removeprefix("kiosk.") for point in announced()} <= DRIVER_GROUPS | OTHER_GROUPS


def test_every_entry_point_loads() -> None:
    for point in announced():
        assert point.load() is not None, point


def test_every_driver_is_a_driver_that_refuses_unknown_settings() -> None:
    for point, driver in drivers():
        assert isinstance(driver, Driver), point
        assert driver.settings.model_config.get("extra") == "forbid", point
        assert driver.settings.model_config.get("frozen") is True, point


def test_a_simulated_driver_says_so_in_its_name() -> None:
    """Whoever reads a hospital's settings file sees at once that a device is simulated."""
    for point, driver in drivers():
        assert isinstance(driver, Driver)
        assert driver.simulated == point.name.startswith("sim"), point
