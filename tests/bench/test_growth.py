"""Samples of memory that are stopped and read again, and the words for them."""

from __future__ import annotations

from pathlib import Path

from tests.bench.growth import Samples, told


def test_samples_are_read_again_and_a_measure_that_began_anew_forgets_the_old_ones(tmp_path: Path) -> None:
    path = tmp_path / "samples"
    samples = Samples(path, 30)
    for number in (0, 10, 0, 10, 20):
        assert samples.add("kiosk", number, 1000.0 + number)
    with path.open("a") as file:
        file.write('["kiosk", 30')
    again = Samples(path, 30)
    assert again.of["kiosk"] == [(0, 1000.0), (10, 1010.0), (20, 1020.0)]
    assert again.whole("kiosk", 10)
    assert not again.whole("backend", 10)


def test_whoever_stops_is_told_with_the_next_sample(tmp_path: Path) -> None:
    samples = Samples(tmp_path / "samples", 30)
    samples.stopped.set()
    assert not samples.add("kiosk", 0, 1.0)


def test_what_filled_the_caches_does_not_count() -> None:
    sizes = [(number, 2**20 * (1.0 if number >= 100 else number / 100)) for number in range(0, 400, 10)]
    assert (
        told("kiosk", sizes, 10, 100)
        == "kiosk: 0 B a visit (flat) over 400 visits, the first 100 excluded: 1.0 → 1.0 MiB\n"
    )
    assert "GROWS" in told("kiosk", [(number, 3000.0 * number) for number in range(0, 400, 10)], 10, 100)
    assert "too few" in told("kiosk", [(0, 1.0)], 10, 100)
