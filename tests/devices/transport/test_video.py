"""Pictures from files that stand for a camera, and the decoding of what a camera gives."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from devices.transport.errors import DeviceGoneError
from devices.transport.v4l2 import RawPicture
from devices.transport.video import LIVE, FileVideo, Pixels, _decoded
from devices.wire.v4l2 import PixelFormat, Shape
from kiosk.engine.clock import SystemClock
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic

CLOCK = SystemClock()
GREY = np.full((48, 64, 3), 128, np.uint8)


def take(video: FileVideo) -> Pixels:
    taken = video.take(Monotonic(CLOCK.monotonic() + 20), Cancel())
    assert taken is not None
    return taken[0]


def shades(video: FileVideo, count: int) -> list[int]:
    return [round(float(take(video).mean())) for _ in range(count)]


def folder(path: Path, *shown: int) -> Path:
    path.mkdir()
    for number, shade in enumerate(shown):
        cv2.imwrite(str(path / f"{number}.png"), np.full((48, 64, 3), shade, np.uint8))
    return path


def test_a_folder_is_played_by_name_and_again(tmp_path: Path) -> None:
    folder(tmp_path / "camera", 10, 20, 30)
    (tmp_path / "camera" / "notes.txt").write_text("no picture")
    assert shades(FileVideo(tmp_path / "camera", 200, CLOCK), 7) == [10, 20, 30, 10, 20, 30, 10]


def test_another_folder_in_its_place_is_played_from_its_first(tmp_path: Path) -> None:
    link = tmp_path / "camera"
    link.symlink_to(folder(tmp_path / "one", 10, 20))
    video = FileVideo(link, 200, CLOCK)
    assert shades(video, 1) == [10]
    link.unlink()
    link.symlink_to(folder(tmp_path / "two", 90, 100))
    assert shades(video, 3) == [90, 100, 90]


def test_a_video_is_played_and_again(tmp_path: Path) -> None:
    path = tmp_path / "film.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 30, (64, 48))
    for shade in (40, 140, 240):
        writer.write(np.full((48, 64, 3), shade, np.uint8))
    writer.release()
    assert shades(FileVideo(path, 200, CLOCK), 6) == pytest.approx([40, 140, 240] * 2, abs=3)


@pytest.mark.parametrize("name", ["nothing", "empty", "broken", "film.avi"])
def test_what_is_no_source_of_pictures_is_a_camera_that_is_gone(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    folder(tmp_path / "broken")
    (tmp_path / "broken" / "0.png").write_bytes(b"no picture")
    (tmp_path / "film.avi").write_bytes(b"no film")
    video = FileVideo(tmp_path / name, 200, CLOCK)
    for _ in range(2):
        with pytest.raises(DeviceGoneError):
            take(video)


def test_pictures_come_no_faster_than_said(tmp_path: Path) -> None:
    video = FileVideo(folder(tmp_path / "camera", 10), 50, CLOCK)
    take(video)
    began = CLOCK.monotonic()
    for _ in range(10):
        take(video)
    assert CLOCK.monotonic() - began > 0.15


def raw(data: bytes, form: int, line: int = 0, size: tuple[int, int] = (64, 48)) -> RawPicture:
    return RawPicture(data, Shape(*size, form, line), Monotonic(0.0))


def test_jpeg_is_decoded_and_half_of_one_is_no_picture() -> None:
    data = cv2.imencode(".jpg", GREY)[1].tobytes()
    decoded = _decoded(raw(data, PixelFormat.MJPG))
    assert decoded is not None
    assert np.abs(decoded.astype(int) - GREY).max() <= 2
    assert _decoded(raw(data[:20], PixelFormat.MJPG)) is None


@pytest.mark.parametrize("line", [0, 128, 160])
def test_brightness_with_half_the_colour_is_decoded(line: int) -> None:
    """Rows may be longer than their pixels."""
    row = bytes((126, 128)) * 64
    data = (row + bytes(max(0, line - 128))) * 48
    decoded = _decoded(raw(data, PixelFormat.YUYV, line))
    assert decoded is not None
    assert np.abs(decoded.astype(int) - GREY).max() <= 2
    assert _decoded(raw(data[:-1], PixelFormat.YUYV, line)) is None


def test_a_folder_in_which_somebody_draws_gives_each_drawing_once(tmp_path: Path) -> None:
    place, half = folder(tmp_path / "camera", 10), tmp_path / "half.png"
    (place / LIVE).touch()
    video = FileVideo(place, 200, CLOCK)
    assert shades(video, 1) == [10]
    for shade in (40, 90):
        cv2.imwrite(str(half), np.full((48, 64, 3), shade, np.uint8))
        half.replace(place / "0.png")
        assert shades(video, 1) == [shade]


def test_who_draws_too_seldom_makes_a_slow_camera_and_not_a_frozen_one(tmp_path: Path) -> None:
    place = folder(tmp_path / "camera", 90)
    (place / LIVE).touch()
    video = FileVideo(place, 200, CLOCK)
    first, second, third = take(video), take(video), take(video)
    assert not np.array_equal(first, second)
    assert not np.array_equal(second, third)
    assert float(np.abs(first.astype(int) - third).max()) <= 2
    (place / LIVE).unlink()
    folder(tmp_path / "next", 120)
    place.rename(tmp_path / "former")
    (tmp_path / "next").rename(place)
    assert shades(video, 2) == [120, 120]
