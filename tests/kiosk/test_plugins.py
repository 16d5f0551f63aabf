"""What other packages announce is found by name, and what is missing is named with what there is."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from typing import Any

import pytest
from pydantic import BaseModel

from kiosk import plugins
from kiosk.ports.driver import Driver


class Options(BaseModel):
    port: str = ""


GOOD = Driver(settings=Options, simulated=False, make=lambda _options, _host: "a port")
NO_DRIVER = "just a text"
HERE = "tests.kiosk.test_plugins"


@pytest.fixture(autouse=True)
def _announced(monkeypatch: pytest.MonkeyPatch) -> None:
    announced = (
        EntryPoint("good", f"{HERE}:GOOD", "kiosk.scanners"),
        EntryPoint("text", f"{HERE}:NO_DRIVER", "kiosk.scanners"),
        EntryPoint("absent", "no.such.module:X", "kiosk.scanners"),
    )
    monkeypatch.setattr(plugins, "_announced", lambda: announced)


def test_a_driver_is_found_by_its_name() -> None:
    found: Driver[Any] = plugins.driver("scanners", "good")
    assert (found.settings, found.simulated) == (Options, False)


def test_names_are_listed_without_importing_anything() -> None:
    assert plugins.names("scanners") == ("absent", "good", "text")
    assert plugins.names("nothing") == ()


def test_what_is_missing_is_named_with_what_there_is() -> None:
    with pytest.raises(plugins.PluginMissing, match=r" no 'goood'; installed: absent, good, text") as caught:
        plugins.driver("scanners", "goood")
    assert (caught.value.group, caught.value.name) == ("scanners", "goood")
    with pytest.raises(plugins.PluginMissing, match="installed: none"):
        plugins.load("frontends", "screens")


def test_what_is_no_driver_is_a_defect() -> None:
    with pytest.raises(TypeError, match=r"scanners\.text is not a Driver"):
        plugins.driver("scanners", "text")
    assert plugins.load("scanners", "text") == NO_DRIVER
