"""Cameras that Linux knows (V4L2), and files that play one."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict, Field

from devices.transport.errors import DeviceGoneError
from kiosk.faults import FaultCode
from kiosk.ports.camera import Camera, Frame
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.driver import DoesNotFit, Driver, Host
from kiosk.ports.health import DeviceState, Health

if TYPE_CHECKING:  # OpenCV takes its time to load, and no page waits for it
    from devices.picture.scene import SceneWatch
    from devices.transport.video import Video

_LOOK_AGAIN_SECONDS: Final = 0.5
_GONE: Final = Health(DeviceState.NO_DEVICE, (FaultCode.CAMERA_GONE,))


class SceneSettings(BaseModel):
    """From where on a picture shows nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    dark_below: float = Field(default=18.0, ge=0, le=255, description="平均亮度低于多少算看不见，0–255")
    flat_below: float = Field(default=5.0, ge=0, description="亮度标准差低于多少算被遮住")
    sharp_above: float = Field(default=40.0, ge=0, description="清晰度（拉普拉斯方差，160 列）低于多少算模糊")
    silent_seconds: float = Field(default=2.0, gt=0, le=60, description="多少秒没有图算失去摄像头")
    lasting_seconds: float = Field(default=1.0, gt=0, le=60, description="持续多少秒才算")


class V4l2Settings(SceneSettings):
    """`[devices.camera] driver = "v4l2"`."""

    device: Path = Field(description="摄像头，例如 /dev/kiosk-camera")
    width: int = Field(default=1280, ge=160, le=3840, description="画面宽，像素")
    height: int = Field(default=720, ge=120, le=2160, description="画面高，像素")
    fps: float = Field(default=30.0, ge=1, le=60, description="每秒帧数")
    compressed: bool = Field(default=True, description="向摄像头要 MJPG；摄像头不支持时设为 false")


class FilesSettings(SceneSettings):
    """`[devices.camera] driver = "sim_frames"`."""

    source: Path = Field(description="图片文件夹或视频文件，循环播放")
    fps: float = Field(default=30.0, ge=1, le=60, description="每秒帧数")


class VideoCamera:
    """A `Camera`. What it cannot know it does not claim: one that has given no picture yet is `unknown`.

    `connect` loads OpenCV, which takes its time: it is called for the first picture, in the camera's own thread.
    """

    def __init__(
        self, path: Path, silent_seconds: float, connect: Callable[[], tuple[Video, SceneWatch]], host: Host
    ) -> None:
        self._path, self._silent_seconds, self._connect = path, silent_seconds, connect
        self._clock, self._log = host.clock, host.log
        self._parts: tuple[Video, SceneWatch] | None = None
        self._serial = 0
        self._heard = Monotonic(0.0)
        self._opened = self._running = self._lost = self._proved = False

    def open(self) -> None:
        self._opened = True

    def close(self) -> None:
        self.rest()
        self._opened = False

    def status(self) -> Health:
        if not self._opened or not self._path.exists():
            self._lost = self._proved = False  # what will be plugged in next is another camera
            return _GONE
        if self._lost or (self._running and self._clock.monotonic() - self._heard > self._silent_seconds):
            return Health(DeviceState.OFFLINE, (FaultCode.CAMERA_GONE,))
        if self._parts is None or not self._proved:
            return Health(DeviceState.UNKNOWN)
        return _health(self._parts[1])

    def frame(self, deadline: Monotonic, cancel: Cancel) -> Frame | None:
        if not self._opened:
            return None
        video, scene = self._parts = self._parts or self._connect()
        try:
            self._begin(video)
            picture = video.take(deadline, cancel)
        except DeviceGoneError as error:
            self._lose(video, error)
            cancel.sleep(min(_LOOK_AGAIN_SECONDS, deadline - self._clock.monotonic()))
            return None
        if picture is None:
            return None
        pixels, taken = picture
        self._lost, self._proved, self._heard = False, True, taken
        scene.see(pixels, taken)
        frame = Frame(pixels.tobytes(), pixels.shape[1], pixels.shape[0], self._serial, taken)
        self._serial += 1
        return frame

    def rest(self) -> None:
        if self._parts is not None:
            self._parts[0].close()
            self._parts[1].forget()
        self._running = self._lost = False

    def _begin(self, video: Video) -> None:
        """A camera needs a moment until its first picture, too."""
        video.open()
        if not self._running:
            self._running, self._heard = True, self._clock.monotonic()

    def _lose(self, video: Video, error: DeviceGoneError) -> None:
        if not self._lost:
            self._log.info("camera lost", extra={"error": type(error).__name__})
        video.close()
        self._lost, self._proved = True, False


def _health(scene: SceneWatch) -> Health:
    """Of what it sees. One that stands still gives no picture of now, so it counts as broken."""
    from devices.picture.scene import Trouble

    match scene.trouble:
        case Trouble.DARK:
            return Health(DeviceState.ONLINE, (FaultCode.CAMERA_DARK,))
        case Trouble.FROZEN:
            return Health(DeviceState.HARDWARE_ERROR, (FaultCode.CAMERA_FROZEN,))
        case Trouble.BLURRED:
            return Health(DeviceState.ONLINE, (FaultCode.CAMERA_BLURRED,))
        case None:
            return Health(DeviceState.ONLINE)


def _watch(settings: SceneSettings) -> SceneWatch:
    from devices.picture.scene import Limits, SceneWatch

    limits = Limits(settings.dark_below, settings.flat_below, settings.sharp_above, settings.lasting_seconds)
    return SceneWatch(limits)


def _need_opencv() -> None:
    if find_spec("cv2") is None or find_spec("numpy") is None:
        raise DoesNotFit("a camera needs OpenCV: install the package with its extra `face`")


def _make_v4l2(settings: V4l2Settings, host: Host) -> Camera:
    _need_opencv()

    def connect() -> tuple[Video, SceneWatch]:
        from devices.transport.v4l2 import Mode, V4l2Device
        from devices.transport.video import V4l2Video
        from devices.wire.v4l2 import PixelFormat

        form = PixelFormat.MJPG if settings.compressed else PixelFormat.YUYV
        mode = Mode(settings.width, settings.height, settings.fps, form)
        return V4l2Video(V4l2Device(settings.device, mode, host.clock)), _watch(settings)

    return VideoCamera(settings.device, settings.silent_seconds, connect, host)


def _make_files(settings: FilesSettings, host: Host) -> Camera:
    _need_opencv()

    def connect() -> tuple[Video, SceneWatch]:
        from devices.transport.video import FileVideo

        return FileVideo(settings.source, settings.fps, host.clock), _watch(settings)

    return VideoCamera(settings.source, settings.silent_seconds, connect, host)


v4l2: Driver[Camera] = Driver(V4l2Settings, simulated=False, make=_make_v4l2)
files: Driver[Camera] = Driver(FilesSettings, simulated=True, make=_make_files)
