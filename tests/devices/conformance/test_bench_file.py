"""A bench file is checked whole before anything runs; what is wrong is named."""

from pathlib import Path

import pytest

from devices.conformance import collecting
from devices.conformance.bench import Ability
from devices.conformance.bench_file import BenchFile, BenchFileWrongError, read_bench_file
from devices.conformance.kinds import kind, kind_names
from devices.conformance.seat import Seat

SCANNER = '[[device]]\nkind = "scanner"\ndriver = "my_scanner"\n'


def read(folder: Path, text: str) -> BenchFile:
    path = folder / "bench.toml"
    path.write_text(text, encoding="utf-8")
    return read_bench_file(path)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "operator: Field required"),
        ('operator = "sim"', "device: Field required"),
        (f'operator = "ghost"\n{SCANNER}', "operator: Input should be 'human', 'robot' or 'sim'"),
        (f'operator = "sim"\n{SCANNER}claims = ["flight"]', "my_scanner: nothing proves the claim flight"),
        (f'operator = "sim"\n{SCANNER}colour = "red"', "device.0.colour: Extra inputs are not permitted"),
        ('operator = "sim"\n[[device]]\nkind = "toaster"\ndriver = "x"', "no kind 'toaster'; there are"),
        (f'operator = "sim"\n{SCANNER}{SCANNER}', "two devices are called my_scanner: give one a name"),
        (f'operator = "robot"\n{SCANNER}', "control is a robot's socket"),
        (f'operator = "sim"\nunable = ["fly"]\n{SCANNER}', "no ability fly"),
        ("operator = ", "bench.toml: Invalid value"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(BenchFileWrongError, match=complaint.replace("'", ".")):
        read(tmp_path, text)


@pytest.mark.parametrize(
    ("device", "complaint"),
    [
        ('driver = "my_scanner"', "my_scanner: scanners: .* no .my_scanner.; installed: serial_scanner"),
        ('driver = "serial_scanner"', "serial_scanner: settings: port: 缺这一项"),
        ('driver = "serial_scanner"\nsettings = { prot = "x" }', "settings: prot: 没有这个键 · no such key; baud"),
    ],
)
def test_what_every_test_would_stumble_over_is_told_before_any_begins(
    tmp_path: Path, device: str, complaint: str
) -> None:
    path = tmp_path / "bench.toml"
    path.write_text(f'operator = "sim"\n[[device]]\nkind = "scanner"\n{device}\n', encoding="utf-8")
    with pytest.raises(BenchFileWrongError, match=complaint):
        collecting.tests_of(path)


def test_a_place_where_nothing_stands_is_not_waited_for(tmp_path: Path) -> None:
    text = 'driver = "serial_scanner"\nsettings = { port = "{sim.scaner}" }'
    bench = read(tmp_path, f'operator = "sim"\n[[device]]\nkind = "scanner"\n{text}')
    with pytest.raises(BenchFileWrongError, match=r"\{sim\.scaner\}: 没有这个位置 · no such place; keypad, scanner"):
        Seat(bench, bench.device[0]).make({"scanner": "/dev/pts/7", "keypad": "/dev/pts/8"})


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BenchFileWrongError, match=r"nowhere\.toml"):
        read_bench_file(tmp_path / "nowhere.toml")


def test_places_of_the_simulator_are_filled_in_and_unknown_ones_left(tmp_path: Path) -> None:
    settings = 'settings = { port = "{sim.scanner}", other = "{sim.moon}", baud = 9600 }'
    entry = read(tmp_path, f'operator = "sim"\n{SCANNER}{settings}').device[0]
    assert entry.filled({"scanner": "/dev/pts/7"}) == {"port": "/dev/pts/7", "other": "{sim.moon}", "baud": 9600}


def test_what_a_hand_cannot_do_is_forgone(tmp_path: Path) -> None:
    bench = read(tmp_path, f'operator = "human"\nunable = ["unplug", "noise"]\n{SCANNER}unable = ["silence"]')
    assert bench.unable == {Ability.UNPLUG, Ability.NOISE}
    assert bench.device[0].unable == {Ability.SILENCE}


WAITS_FOR_NOTHING = {"guide_light", "power_source", "speaker"}
"""Ports without a call that takes a deadline: they are told, or asked how they are."""


def test_every_kind_is_complete() -> None:
    for name in kind_names():
        found = kind(name)
        assert found.calls or name in WAITS_FOR_NOTHING, name
        assert found.session is not None, name
