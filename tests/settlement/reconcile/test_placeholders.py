"""Whoever closes a day with the untouched demonstration file is told so, and not what a URL must look like."""

from pathlib import Path

import pytest

from kiosk.settings import SettingsWrong, read_settings, shipped_file
from settlement.reconcile.placeholders import refuse_placeholders


def test_a_placeholder_is_named_with_its_file_and_keys(tmp_path: Path) -> None:
    settings = read_settings(shipped_file(), {"workdir": str(tmp_path)}, {})
    with pytest.raises(SettingsWrong) as refused:
        refuse_placeholders(settings, shipped_file())
    told = str(refused.value)
    assert str(shipped_file()) in told
    assert all(f"[{name}] url" in told for name in ("settlement", "hospital", "payments.scan", "insurer"))
    assert "占位 {backend.url}" in told
    assert "placeholder {backend.url}" in told
    assert "https://" not in told


def test_whoever_is_not_asked_may_keep_theirs(tmp_path: Path) -> None:
    fill = {"workdir": str(tmp_path), "backend.url": "https://127.0.0.1:1"}
    refuse_placeholders(read_settings(shipped_file(), fill, {}), shipped_file())
