"""What staff meet at the shell and is nobody's defect: a sentence and exit code 3, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.cli import main
from kiosk.terminal import NOT_POSSIBLE, OTHER_END, WRONG_USE


def refused(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    assert main(argv) == NOT_POSSIBLE
    told = capsys.readouterr().err
    assert "Traceback" not in told
    return told


@pytest.mark.parametrize("action", ["list", "verify"])
def test_a_mistyped_work_directory_is_no_day_without_debts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], action: str
) -> None:
    place = tmp_path / "mistyped"
    assert "no journal here" in refused(capsys, "journal", action, "--workdir", str(place))
    assert not place.exists()


@pytest.mark.parametrize("action", ["list", "verify"])
def test_a_journal_that_is_no_database_is_to_be_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], action: str
) -> None:
    folder = tmp_path / "kiosk"
    folder.mkdir()
    journal = folder / "journal.db"
    journal.write_bytes(b"\x07" * 4096)
    told = refused(capsys, "journal", action, "--workdir", str(tmp_path))
    assert f"keep a copy of {folder}" in told
    assert "K02" in told
    assert journal.read_bytes() == b"\x07" * 4096


def test_a_work_directory_that_is_a_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "README.md"
    place.touch()
    assert f"{place}: " in refused(capsys, "visit", "outpatient", "--workdir", str(place))


def test_a_script_that_is_not_there_is_told_with_those_of_nearly_that_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(("visit", "outpatint", "--workdir", str(tmp_path))) == WRONG_USE
    assert "outpatint: 没有这个脚本 · no such script: outpatient" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "advice"),
    [("第一人民医院".encode("gb18030"), "save it as such"), (None, "No such file")],
    ids=["gbk", "none"],
)
def test_a_settings_file_that_cannot_be_read_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, advice: str
) -> None:
    place = tmp_path / "kiosk.toml"
    if content is not None:
        place.write_bytes(content)
    assert main(["check-config", "--config", str(place), "--workdir", str(tmp_path)]) == OTHER_END
    assert advice in capsys.readouterr().out


def test_a_byte_order_mark_of_an_editor_is_no_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "kiosk.toml"
    place.write_bytes(b"\xef\xbb\xbf[kiosk]\n")
    main(["check-config", "--config", str(place), "--workdir", str(tmp_path)])
    assert "Invalid statement" not in capsys.readouterr().out
