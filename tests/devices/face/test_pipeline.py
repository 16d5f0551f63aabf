"""Detection, mesh, eyes and comparison on drawn faces: what liveness rests on is measured in the right direction."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from devices.face.pictures import picture_of, portrait_of
from devices.face.trial import Instruments
from devices.sim.face.bust import HEIGHT, WIDTH, Bust, Picture, Pose, Scene
from devices.sim.face.look import made_up
from kiosk.domain.personal import Portrait
from kiosk.ports.camera import Frame
from kiosk.ports.clock import Monotonic
from kiosk.ports.face import Hint

RANDOM = np.random.default_rng(1)
SOMEBODY = Bust(made_up("zhangsan"))


AHEAD, HALL = Pose(), Scene()


def drawn(pose: Pose = AHEAD, scene: Scene = HALL, bust: Bust = SOMEBODY) -> Picture:
    return bust.draw(pose, scene, RANDOM)


def test_a_drawn_face_is_a_face(tools: Instruments) -> None:
    (face,) = tools.watcher.faces(drawn())
    assert face.score > 0.8
    right, left = face.points[0], face.points[1]
    assert right[0] < WIDTH / 2 < left[0]  # the person's own right is at the picture's left
    assert face.points[:2, 1].mean() < face.points[3:, 1].mean()


def test_nobody_is_nobody(tools: Instruments) -> None:
    wall = np.full((HEIGHT, WIDTH, 3), 180, np.uint8)
    glance = tools.watcher.look(wall, 0.0)
    assert (glance.hint, glance.face) == (Hint.NOBODY, None)


def test_turns_nods_and_steps_are_read_with_their_sign(tools: Instruments) -> None:
    def look(pose: Pose) -> tuple[float, float, float]:
        glance = tools.watcher.look(drawn(pose), 0.0)
        return glance.yaw, glance.pitch, glance.eyes

    yaw, pitch, eyes = look(Pose())
    assert look(Pose(yaw=20))[0] - yaw > 10
    assert look(Pose(yaw=-20))[0] - yaw < -10
    assert look(Pose(pitch=14))[1] - pitch > 8
    assert look(Pose(near=1.3))[2] > 1.2 * eyes


def test_eyes_that_shut_are_seen_to_shut(tools: Instruments) -> None:
    opened = [tools.watcher.look(drawn(Pose(opened=share)), 0.0).openness for share in (1.0, 0.5, 0.0)]
    assert opened[0] > opened[1] > opened[2]
    assert opened[2] < 0.4 * opened[0]


def test_the_same_face_is_liker_than_another(tools: Instruments) -> None:
    one, again, other = (
        tools.embedder.template(picture, tools.watcher.faces(picture)[0])
        for picture in (
            drawn(),
            drawn(Pose(yaw=8, near=1.1), Scene(hall=0.8)),
            drawn(bust=Bust(made_up("liguihua"))),
        )
    )
    assert one.likeness(one) > 0.999
    assert one.likeness(again) > one.likeness(other) + 0.2


def test_a_wiped_template_is_like_nobody_and_never_shows_itself(tools: Instruments) -> None:
    picture = drawn()
    template = tools.embedder.template(picture, tools.watcher.faces(picture)[0])
    other = tools.embedder.template(picture, tools.watcher.faces(picture)[0])
    assert repr(template) == "Template(***)"
    template.wipe()
    assert template.likeness(other) == 0.0


@pytest.mark.parametrize(
    ("pose", "scene", "hint"),
    [
        (Pose(), Scene(), None),
        (Pose(near=0.42), Scene(), Hint.CLOSER),
        (Pose(), Scene(hall=0.18), Hint.DARK),
        (Pose(across=2.3), Scene(), Hint.TO_THE_MIDDLE),
    ],
)
def test_what_is_in_the_way_is_said(tools: Instruments, pose: Pose, scene: Scene, hint: Hint | None) -> None:
    assert tools.watcher.look(drawn(pose, scene), 0.0).hint == hint


def test_two_people_are_one_too_many(tools: Instruments) -> None:
    left, right = drawn(Pose(across=-1.7, near=0.85)), drawn(Pose(across=1.7, near=0.85))
    both = np.hstack([left[:, : WIDTH // 2], right[:, WIDTH // 2 :]])
    assert tools.watcher.look(both, 0.0).hint is Hint.SEVERAL


def test_a_blurred_picture_is_told_from_a_sharp_one(tools: Instruments) -> None:
    soft = cv2.GaussianBlur(drawn(), (0, 0), 5)
    assert tools.watcher.look(np.asarray(soft, np.uint8), 0.0).hint is Hint.BLURRED


def test_a_frame_is_read_as_rows_of_blue_green_red() -> None:
    frame = Frame(bytes(range(2 * 3 * 3)), 3, 2, 1, Monotonic(0.0))
    picture = picture_of(frame)
    assert picture.shape == (2, 3, 3)
    assert picture[1, 0].tolist() == [9, 10, 11]


def test_a_chips_portrait_is_opened_only_when_its_form_is_open(tools: Instruments) -> None:
    small = cv2.resize(drawn()[60:400, 180:455], (102, 126), interpolation=cv2.INTER_AREA)
    encoded = cv2.imencode(".jpg", small, (cv2.IMWRITE_JPEG_QUALITY, 60))[1].tobytes()
    opened = portrait_of(Portrait(encoded))
    assert opened is not None
    assert tools.watcher.faces(opened)
    assert portrait_of(Portrait(b"WLf" + bytes(1021))) is None
    assert portrait_of(Portrait(b"\xff\xd8\xffnot a picture")) is None
