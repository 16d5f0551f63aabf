"""The passive signals, each by itself: what it answers to, and what leaves it cold."""

from __future__ import annotations

import hashlib
from pathlib import Path

import cv2
import numpy as np
import pytest

from devices.face.flash import Shown, reflected
from devices.face.mesh import Mesh
from devices.face.models import DETECTOR, ModelsMissingError, checked, missing
from devices.face.passive import PassiveModel
from devices.face.planarity import depth
from devices.face.settings import PassiveSettings
from devices.face.spectrum import grid_strength
from devices.face.trial import Instruments
from devices.sim.face.bust import WIDTH, Bust, Picture, Pose, Scene
from devices.sim.face.look import made_up
from kiosk.ports.face import Light

RANDOM = np.random.default_rng(2)
BUST = Bust(made_up("liguihua"))
WARM, COOL, GREEN = Light(255, 190, 110), Light(110, 190, 255), Light(140, 255, 150)
SHOWN = [Shown(index * 0.5, light) for index, light in enumerate((WARM, COOL, GREEN, COOL, WARM, GREEN))]


def tints(lag: float, gain: float, noise: float = 0.01) -> list[tuple[float, tuple[float, float]]]:
    """What a face that reflects so much of the display would show, so many seconds later."""
    found = []
    for number in range(45):
        at = number / 15
        light = next((each.light for each in reversed(SHOWN) if each.at + lag <= at), None)
        red, blue = (0.0, 0.0) if light is None else ((light.red - light.green) / 255, (light.blue - light.green) / 255)
        grain = RANDOM.normal(0, noise, 2)
        found.append((at, (0.3 + gain * red + float(grain[0]), -0.2 + gain * blue + float(grain[1]))))
    return found


@pytest.mark.parametrize("lag", [0.0, 0.12, 0.3])
def test_a_face_that_takes_on_the_light_is_seen_to(lag: float) -> None:
    found = reflected(tints(lag, 0.2), SHOWN)
    assert found is not None
    assert found > 0.9


def test_a_face_that_does_not_is_told_from_it() -> None:
    found = reflected(tints(0.0, 0.0), SHOWN)
    assert found is not None
    assert found < 0.3


def test_the_wrong_colours_do_not_do() -> None:
    other = [Shown(each.at, light) for each, light in zip(SHOWN, (COOL, GREEN, WARM, GREEN, COOL, WARM), strict=True)]
    found = reflected(tints(0.1, 0.2), other)
    assert found is not None
    assert found < 0.3


def test_too_little_is_no_answer() -> None:
    assert reflected(tints(0.0, 0.2)[:10], SHOWN) is None
    assert reflected(tints(0.0, 0.2), SHOWN[:2]) is None


def mesh_of(tools: Instruments, picture: Picture) -> Mesh:
    mesh = tools.watcher.look(picture, 0.0).mesh
    assert mesh is not None
    return mesh


def test_a_head_that_turns_has_depth_and_a_sheet_has_not(tools: Instruments) -> None:
    still = BUST.draw(Pose(), Scene(), RANDOM)
    rest = mesh_of(tools, still)
    turned = depth(rest, mesh_of(tools, BUST.draw(Pose(yaw=22), Scene(), RANDOM)))
    corners = np.array([[0, 0], [WIDTH, 0], [WIDTH, 480], [0, 480]], np.float32)
    narrower = np.array([[70, 30], [WIDTH - 90, -20], [WIDTH - 90, 500], [70, 450]], np.float32)
    sheet = cv2.warpPerspective(still, cv2.getPerspectiveTransform(corners, narrower), (WIDTH, 480))
    flat = depth(rest, mesh_of(tools, np.asarray(sheet, np.uint8)))
    assert turned > 0.1 > flat


def test_a_screens_grid_stands_out_of_skin(tools: Instruments) -> None:
    still = BUST.draw(Pose(), Scene(), RANDOM)
    (face,) = tools.watcher.faces(still)
    columns = np.arange(WIDTH, dtype=np.float32)
    grating = 1 + 0.06 * np.sin(2 * np.pi * columns / 2.9)
    screen = np.asarray(np.clip(still * grating[None, :, None], 0, 255), np.uint8)
    assert grid_strength(still, face) < 9 < grid_strength(screen, face)


def test_only_the_pinned_model_is_loaded(tmp_path: Path) -> None:
    (tmp_path / DETECTOR.name).write_bytes(b"something else")
    with pytest.raises(ModelsMissingError, match="pinned"):
        checked(tmp_path, DETECTOR)
    assert DETECTOR.name not in missing(tmp_path)
    assert len(missing(tmp_path)) == 3


def test_a_passive_model_of_the_site_is_asked(tools: Instruments, tmp_path: Path) -> None:
    file = tmp_path / "passive.onnx"
    file.write_bytes(tiny_onnx())
    settings = PassiveSettings(
        file=file, sha256=hashlib.sha256(file.read_bytes()).hexdigest(), side=80, threshold=0.5, scale=1 / 255
    )
    still = BUST.draw(Pose(), Scene(), RANDOM)
    (face,) = tools.watcher.faces(still)
    model = PassiveModel(settings)
    blue = np.asarray(still * (1.0, 0.3, 0.3), np.uint8)
    red = np.asarray(still * (0.3, 0.3, 1.0), np.uint8)
    assert model.live(red, face) > 0.5 > model.live(blue, face)
    with pytest.raises(ModelsMissingError, match="pinned"):
        PassiveModel(settings.model_copy(update={"sha256": "0" * 64}))


def tiny_onnx() -> bytes:
    """Three nodes written by hand in protobuf: the means of the channels, and two outputs, red against blue."""

    def field(number: int, content: bytes | int) -> bytes:
        if isinstance(content, int):
            return varint(number << 3) + varint(content)
        return varint(number << 3 | 2) + varint(len(content)) + content

    def varint(value: int) -> bytes:
        out = bytearray()
        while value > 127:
            out.append(value & 127 | 128)
            value >>= 7
        return bytes([*out, value])

    def node(kind: bytes, inputs: tuple[bytes, ...], output: bytes) -> bytes:
        names = b"".join(field(1, name) for name in inputs)
        return field(1, names + field(2, output) + field(3, output) + field(4, kind))

    def tensor(name: bytes, shape: tuple[int, ...], values: list[float]) -> bytes:
        raw = np.asarray(values, np.float32).tobytes()
        return field(5, b"".join(field(1, side) for side in shape) + field(2, 1) + field(8, name) + field(9, raw))

    def value(number: int, name: bytes, shape: tuple[int, ...]) -> bytes:
        sides = b"".join(field(1, field(1, side)) for side in shape)
        return field(number, field(1, name) + field(2, field(1, field(1, 1) + field(2, sides))))

    weights = tensor(b"w", (3, 2), [4.0, -4.0, 0.0, 0.0, -4.0, 4.0]) + tensor(b"b", (2,), [0.0, 0.0])
    nodes = (
        node(b"GlobalAveragePool", (b"x",), b"p")
        + node(b"Flatten", (b"p",), b"f")
        + node(b"Gemm", (b"f", b"w", b"b"), b"y")
    )
    graph = nodes + field(2, b"tiny") + weights + value(11, b"x", (1, 3, 80, 80)) + value(12, b"y", (1, 2))
    return field(1, 7) + field(7, graph) + field(8, field(2, 13))
