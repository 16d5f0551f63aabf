"""Where a kiosk stands is believed only as it was signed."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from kiosk.installed import config_dir
from kiosk.placing import PlaceWrong, read_place
from settlement.reference.confirming import HOSPITAL_KEY

KEY = HOSPITAL_KEY.public_key().public_bytes_raw()
SHIPPED = config_dir() / "people" / "hospital" / "place.toml"


def changed(place: Path, old: str, new: str) -> Path:
    told = SHIPPED.read_text(encoding="utf-8")
    assert old in told
    path = place / "place.toml"
    path.write_text(told.replace(old, new), encoding="utf-8")
    return path


def test_the_demonstrations_place_is_signed() -> None:
    place = read_place(SHIPPED, KEY, "H00000000001", "003")
    assert (place.latitude, place.longitude) == ("31.298900", "120.585300")
    assert base64.b64encode(place.signature).decode() not in repr(place)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("31.298900", "39.904200", "not signed"),
        ("2026-11-01", "2026-11-02", "not signed"),
        ('terminal = "003"', 'terminal = "004"', "the place of"),
        ("31.298900", "31.2", "latitude"),
        ("signature = ", "sealed = ", "signature"),
    ],
)
def test_a_place_that_was_changed_is_none(tmp_path: Path, old: str, new: str, why: str) -> None:
    with pytest.raises(PlaceWrong, match=why):
        read_place(changed(tmp_path, old, new), KEY, "H00000000001", "003")


def test_another_key_another_kiosk_and_no_file_are_none(tmp_path: Path) -> None:
    nowhere = tmp_path / "none.toml"
    for path, key, terminal in ((SHIPPED, bytes(32), "003"), (SHIPPED, KEY, "004"), (nowhere, KEY, "003")):
        with pytest.raises(PlaceWrong):
            read_place(path, key, "H00000000001", terminal)
