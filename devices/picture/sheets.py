"""`sheets` of `kiosk.paper_judges`: judges pictures of papers on this machine, and makes the file that is sent.

OpenCV and the face detector's model are loaded with the first picture. Without the model nobody's face is told from a
paper: a picture of a person is then one without a paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict, Field

from kiosk.ports.camera import BYTES_A_PIXEL, Frame
from kiosk.ports.driver import DoesNotFit, Driver, Host
from kiosk.ports.photograph import PaperJudge, Photograph, PictureTrouble

if TYPE_CHECKING:
    from devices.picture.pixels import Pixels

_WIDEST: Final = 1600
_QUALITY: Final = 82


class SheetSettings(BaseModel):
    """`[devices.paper_judge] driver = "sheets"`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    bright: float = Field(default=90.0, ge=0, le=255, description="纸面亮度低于多少算太暗，0–255")
    sharp: float = Field(default=120.0, ge=0, description="纸面清晰度（拉普拉斯方差，640 列）低于多少算模糊")
    smallest: float = Field(default=0.15, gt=0, lt=1, description="纸至少占画面多少")
    models: Path | None = Field(default=None, description="人脸检测模型文件夹；不写则用程序旁的 .models 或系统的")


class SheetJudge:
    """A `PaperJudge`."""

    def __init__(self, settings: SheetSettings, host: Host) -> None:
        self._settings, self._log = settings, host.log
        self._detector: object = None
        self._looked = False

    def judge(self, frame: Frame) -> Photograph | PictureTrouble:
        import numpy as np

        from devices.picture import document

        pixels = np.frombuffer(frame.reveal(), np.uint8).reshape(frame.height, frame.width, BYTES_A_PIXEL)
        limits = document.DocumentLimits(self._settings.bright, self._settings.sharp, self._settings.smallest)
        view = document.judge(pixels, self._faces, limits)
        return PictureTrouble(view.trouble.name.lower()) if view.trouble else _file(pixels)

    def _faces(self, pixels: Pixels) -> Sequence[float]:
        from devices.face.detection import Detector

        if not self._looked:
            self._looked = True
            self._detector = self._load()
        if not isinstance(self._detector, Detector):
            return ()
        return [face.box[3] / pixels.shape[0] for face in self._detector.faces(pixels)]

    def _load(self) -> object:
        from devices.face.detection import Detector
        from devices.face.models import ModelsMissingError, models_folder

        try:
            return Detector(models_folder(self._settings.models))
        except ModelsMissingError:
            self._log.info("no face detector: faces are not told from papers")
            return None


def _file(pixels: Pixels) -> Photograph:
    """As wide as a reader needs, no wider."""
    import cv2
    import numpy as np

    width = pixels.shape[1]
    scale = min(1.0, _WIDEST / width)
    if scale < 1:
        pixels = np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    _, jpeg = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    return Photograph(jpeg.tobytes(), pixels.shape[1], pixels.shape[0])


def _make(settings: SheetSettings, host: Host) -> PaperJudge:
    if find_spec("cv2") is None or find_spec("numpy") is None:
        raise DoesNotFit("judging papers needs OpenCV: install the package with its extra `face`")
    return SheetJudge(settings, host)


DRIVER: Driver[PaperJudge] = Driver(SheetSettings, simulated=False, make=_make)
