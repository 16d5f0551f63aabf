"""A pack is used when somebody who is trusted signed exactly this; otherwise the last good one stays."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kiosk.packs.loading import PackWrong, read_pack
from kiosk.packs.opening import Opened, keep, open_pack
from kiosk.packs.trust import SIGNATURE, Trust
from tests.kiosk.packs.samples import DEMO, PACKS, PAPERS, PRODUCTION, change, copy, line_with
from tests.support.signing import ED25519_KEY, SHIPPED, SM2_KEY, sign, stale

TODAY = date(2026, 11, 26)
TITLE = 'zh = "关系转移接续办理时限'
STRICT = Trust({name: replace(key, simulated=False) for name, key in DEMO.keys.items()}, DEMO.verifier)


@pytest.mark.parametrize("area", PAPERS)
def test_the_shipped_packs_are_signed_as_they_are(area: str) -> None:
    assert not stale(PACKS / area), "run: .venv/bin/python -m tests.support.signing"
    assert DEMO.check(PACKS / area, read_pack(PACKS / area)) == SHIPPED[area]


def test_production_takes_nothing_unsigned_and_nothing_by_a_simulated_key(tmp_path: Path) -> None:
    pack = copy(tmp_path, "220000")
    with pytest.raises(PackWrong, match=f"{ED25519_KEY} is not trusted here"):
        PRODUCTION.check(pack, read_pack(pack))
    (pack / SIGNATURE).unlink()
    with pytest.raises(PackWrong, match="the pack is not signed"):
        PRODUCTION.check(pack, read_pack(pack))
    assert DEMO.check(pack, read_pack(pack)) == ""


@pytest.mark.parametrize("key", [ED25519_KEY, SM2_KEY])
def test_both_algorithms_hold_and_neither_takes_a_changed_byte(tmp_path: Path, key: str) -> None:
    pack = copy(tmp_path, "220000")
    sign(pack, key)
    assert STRICT.check(pack, read_pack(pack)) == key
    text = (pack / SIGNATURE).read_text(encoding="utf-8")
    found = re.search(r'signature = "(.)', text)
    assert found
    other = "B" if found[1] == "A" else "A"
    (pack / SIGNATURE).write_text(text.replace(f'signature = "{found[1]}', f'signature = "{other}'), encoding="utf-8")
    with pytest.raises(PackWrong, match=f"signature: not by {key}"):
        STRICT.check(pack, read_pack(pack))


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        (lambda pack: (pack / SIGNATURE).write_text('key = "x"', encoding="utf-8"), r"pack\.sig: files"),
        (lambda pack: change(pack, "moni-ed25519", "nobody", SIGNATURE), "nobody is not trusted here"),
        (lambda pack: (pack / "more.toml").write_text("", encoding="utf-8"), "not among the files that were signed"),
        (lambda pack: change(pack, '"services.toml"', '"service.toml"', SIGNATURE), "was signed and is missing"),
        (lambda pack: change(pack, 'signature = "', 'signature = "!', SIGNATURE), "no base64"),
        (lambda pack: change(pack, 'version = "2022.2"', 'version = "2022.3"', "pack.toml"), "changed after"),
    ],
)
def test_whatever_is_wrong_with_a_signature_is_named(
    tmp_path: Path, damage: Callable[[Path], object], named: str
) -> None:
    pack = copy(tmp_path, "220000")
    damage(pack)
    with pytest.raises(PackWrong, match=named):
        DEMO.check(pack, read_pack(pack))


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """The last good one of an earlier start."""
    opened = open_pack(PACKS / "220000", tmp_path / "kept", TODAY, DEMO)
    keep(opened, tmp_path / "kept")
    return tmp_path / "kept"


def opened(pack: Path, kept: Path) -> Opened:
    return open_pack(pack, kept, TODAY, DEMO)


def test_a_good_pack_is_kept_and_replaces_the_former(tmp_path: Path, kept: Path) -> None:
    pack = change(copy(tmp_path / "new", "220000"), '"2022.2"', '"2022.3"', "pack.toml")
    sign(pack, ED25519_KEY)
    newer = opened(pack, kept)
    assert (newer.pack.version, newer.refused) == ("2022.3", None)
    keep(newer, kept)
    assert read_pack(kept / "220000").version == "2022.3"
    assert sorted(path.name for path in kept.iterdir()) == ["000000", "220000"]


def test_a_tampered_pack_is_refused_with_the_line_that_changed(tmp_path: Path, kept: Path) -> None:
    pack = copy(tmp_path / "new", "220000")
    line = line_with(pack, 'zh = "关系转移接续办理时限')
    change(pack, 'zh = "关系转移接续办理时限', 'zh = "转移接续时限')
    found = opened(pack, kept)
    assert found.pack.version == "2022.2"
    assert found.folder == kept / "220000"
    assert found.refused == f"220000/services.toml: changed after it was signed (line {line})"


@pytest.mark.parametrize(
    ("old", "new", "file", "named"),
    [
        ("effective = 2022-01-10", "effective = 2027-01-01", "pack.toml", "pack.effective: not in force, begins"),
        ('area = "220000"', 'area = "220000"\nexpires = 2026-11-25', "pack.toml", "pack.expires: not in force, ended"),
        ("days = 20", "days = twenty", "services.toml", "TOMLDecodeError"),
        ("days = 20", "days = -1", "services.toml", "items.transfer.limit.days"),
    ],
)
def test_a_future_expired_or_broken_pack_leaves_the_last_good_one_in_use(
    tmp_path: Path, kept: Path, old: str, new: str, file: str, named: str
) -> None:
    pack = change(copy(tmp_path / "new", "220000"), old, new, file)
    sign(pack, ED25519_KEY)
    found = opened(pack, kept)
    assert found.pack.version == "2022.2"
    assert found.refused is not None
    assert named in found.refused
    assert "line " in found.refused


def _unsign(pack: Path) -> None:
    (pack / SIGNATURE).unlink()


@pytest.mark.parametrize(
    ("kind", "damage", "file", "said"),
    [
        ("broken", lambda pack: change(pack, "days = 20", "days = twenty"), "services.toml", r"at line \d+"),
        (
            "expired",
            lambda pack: change(pack, 'area = "220000"', 'area = "220000"\nexpires = 2026-11-25', "pack.toml"),
            "pack.toml",
            r"ended on 2026-11-25 \(line \d+\)",
        ),
        (
            "future-dated",
            lambda pack: change(pack, "effective = 2022-01-10", "effective = 2027-01-01", "pack.toml"),
            "pack.toml",
            r"begins on 2027-01-01 \(line \d+\)",
        ),
        ("unsigned", _unsign, "pack.toml", r"not signed, no pack\.sig lies beside it \(line \d+\)"),
        ("tampered", lambda pack: change(pack, TITLE, TITLE[:-2]), "services.toml", r"signed \(line \d+\)"),
    ],
)
def test_each_kind_of_bad_pack_is_refused_by_file_and_line_and_the_last_good_one_stays(
    tmp_path: Path, kept: Path, kind: str, damage: Callable[[Path], object], file: str, said: str
) -> None:
    pack = copy(tmp_path / "new", "220000")
    damage(pack)
    if kind in {"expired", "future-dated"}:
        sign(pack, ED25519_KEY)
    found = open_pack(pack, kept, TODAY, STRICT)
    assert (found.pack.version, found.folder) == ("2022.2", kept / "220000")
    assert found.refused is not None
    assert found.refused.startswith(f"220000/{file}: ")
    assert re.search(said, found.refused), found.refused


@pytest.mark.parametrize(
    ("damage", "line"),
    [
        (lambda pack: change(pack, "moni-ed25519", "nobody", SIGNATURE), "key = "),
        (lambda pack: change(pack, 'signature = "', 'signature = "!', SIGNATURE), "signature = "),
        (lambda pack: change(pack, TITLE, TITLE[:-2]), '"services.toml"'),
        (lambda pack: (pack / "services.toml").unlink(), '"services.toml"'),
        (lambda pack: (pack / "more.toml").write_text("", encoding="utf-8"), "[files]"),
    ],
)
def test_without_a_former_copy_the_line_of_the_signature_file_is_named(
    tmp_path: Path, damage: Callable[[Path], object], line: str
) -> None:
    pack = copy(tmp_path, "220000")
    told = read_pack(pack)
    damage(pack)
    number = line_with(pack, line, SIGNATURE)
    with pytest.raises(PackWrong, match=rf"line {number}\)$"):
        DEMO.check(pack, told)


def test_without_any_good_pack_the_newest_fault_is_named(tmp_path: Path) -> None:
    pack = change(copy(tmp_path / "new", "220000"), "days = 20", "days = -1")
    with pytest.raises(PackWrong, match=r"items\.transfer\.limit\.days"):
        opened(pack, tmp_path / "nothing")


def test_a_copy_cut_short_is_no_copy(tmp_path: Path, kept: Path) -> None:
    """The power went while the next pack was being kept: its half lies beside, under another name."""
    (kept / "220000.new").mkdir()
    (kept / "220000.new" / "pack.toml").write_text("[pa", encoding="utf-8")
    pack = change(copy(tmp_path / "new", "220000"), "days = 20", "days = -1")
    assert opened(pack, kept).pack.version == "2022.2"
    keep(opened(PACKS / "220000", kept), kept)
    assert not (kept / "220000.new").exists()
