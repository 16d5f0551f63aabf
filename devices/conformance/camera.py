"""The contract of cameras."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from devices.conformance.bench import Ability, Bench, Contract, need
from devices.conformance.waiting import FAR_SECONDS, Call, after, open_files, until
from kiosk.faults import FaultCode
from kiosk.ports.camera import Camera, Frame
from kiosk.ports.cancellation import Cancel
from kiosk.ports.health import DeviceState, Health


class CameraBench(Bench, Protocol):
    """What stands before the lens: at first something lit, detailed and sharp. Each returns once it is so."""

    def uncover(self) -> None:
        """As at first."""
        ...

    def cover(self) -> None: ...

    def defocus(self) -> None: ...

    def freeze(self) -> None:
        """From now on the camera gives one and the same picture."""
        ...

    def fall_silent(self) -> None:
        """From now on the camera gives nothing, and stays plugged in."""
        ...

    def speak_again(self) -> None: ...


class CameraContract(Contract):
    """What the kiosk may rely on: pictures of now, and a camera that says when it sees nothing."""

    def test_opening_and_closing_twice_is_allowed(self, bench: CameraBench, camera: Camera) -> None:
        camera.open()
        camera.open()
        camera.close()
        camera.close()
        camera.open()
        assert camera.status().usable
        assert self.frame(bench, camera) is not None

    def test_opening_leaves_nothing_behind(self, bench: CameraBench, camera: Camera) -> None:
        def use() -> None:
            camera.open()
            assert self.frame(bench, camera) is not None
            camera.rest()
            camera.close()

        use()
        before = open_files()
        for _ in range(5):
            use()
        assert open_files() == before

    def test_frames_come_one_after_another(self, bench: CameraBench, camera: Camera) -> None:
        camera.open()
        began = bench.clock.monotonic()
        frames = [self.seen(bench, camera) for _ in range(10)]
        assert [frame.serial for frame in frames] == list(range(frames[0].serial, frames[0].serial + 10))
        moments = [frame.taken for frame in frames]
        assert moments == sorted(moments)
        assert began <= moments[0]
        assert moments[-1] <= bench.clock.monotonic()
        assert len({(frame.width, frame.height) for frame in frames}) == 1
        assert len({frame.reveal() for frame in frames}) > 1
        assert camera.status() == Health(DeviceState.ONLINE)

    def test_serials_go_on_after_a_rest_and_after_a_close(self, bench: CameraBench, camera: Camera) -> None:
        camera.open()
        serials = [self.seen(bench, camera).serial]
        camera.rest()
        camera.rest()
        serials.append(self.seen(bench, camera).serial)
        camera.close()
        camera.open()
        serials.append(self.seen(bench, camera).serial)
        assert serials == sorted(set(serials))

    def test_a_picture_after_a_rest_is_none_from_before_it(self, bench: CameraBench, camera: Camera) -> None:
        camera.open()
        self.seen(bench, camera)
        camera.rest()
        bench.cover()
        began = bench.clock.monotonic()
        frame = self.seen(bench, camera)
        assert frame.taken >= began
        assert _brightest(frame) < 100

    def test_waiting_ends_at_the_deadline(self, bench: CameraBench, camera: Camera) -> None:
        camera.open()
        self.seen(bench, camera)
        past = after(bench.clock, -1)
        assert camera.frame(past, Cancel()) is None
        assert self.frame(bench, camera) is not None

    def test_what_was_cancelled_gives_no_picture(self, bench: CameraBench, camera: Camera) -> None:
        camera.open()
        cancel = Cancel()
        cancel.cancel()
        assert Call(lambda _: camera.frame(after(bench.clock, FAR_SECONDS), cancel)).result() is None
        assert self.frame(bench, camera) is not None

    def test_a_covered_camera_is_said_to_be_dark(self, bench: CameraBench, camera: Camera) -> None:
        camera.open()
        bench.cover()
        self.until(bench, camera, lambda health: health.warnings == (FaultCode.CAMERA_DARK,))
        assert camera.status().usable
        bench.uncover()
        self.until(bench, camera, lambda health: health == Health(DeviceState.ONLINE))

    def test_a_camera_out_of_focus_says_so(self, bench: CameraBench, camera: Camera) -> None:
        camera.open()
        bench.defocus()
        self.until(bench, camera, lambda health: health.warnings == (FaultCode.CAMERA_BLURRED,))
        assert camera.status().usable
        bench.uncover()
        self.until(bench, camera, lambda health: health == Health(DeviceState.ONLINE))

    def test_a_picture_that_stands_still_is_none(self, bench: CameraBench, camera: Camera) -> None:
        camera.open()
        bench.freeze()
        self.until(bench, camera, lambda health: health.warnings == (FaultCode.CAMERA_FROZEN,))
        assert not camera.status().usable
        bench.uncover()
        self.until(bench, camera, lambda health: health == Health(DeviceState.ONLINE))

    def test_what_was_seen_before_a_rest_is_not_said_of_what_comes_after(
        self, bench: CameraBench, camera: Camera
    ) -> None:
        camera.open()
        bench.cover()
        self.until(bench, camera, lambda health: bool(health.warnings))
        camera.rest()
        assert camera.status().warnings == ()

    def test_a_camera_that_goes_ends_the_wait_and_is_found_again(self, bench: CameraBench, camera: Camera) -> None:
        need(bench, Ability.UNPLUG)
        camera.open()
        self.seen(bench, camera)
        bench.unplug()
        until(lambda: self.frame(bench, camera) is None)
        assert not camera.status().usable
        assert FaultCode.CAMERA_GONE in camera.status().warnings
        bench.plug()
        until(lambda: self.frame(bench, camera) is not None)
        assert camera.status().usable

    def test_a_camera_that_goes_while_it_rests_is_noticed(self, bench: CameraBench, camera: Camera) -> None:
        need(bench, Ability.UNPLUG)
        camera.open()
        self.seen(bench, camera)
        camera.rest()
        bench.unplug()
        until(lambda: not camera.status().usable)
        bench.plug()
        until(lambda: camera.status().usable)

    def test_a_camera_may_come_after_the_kiosk(self, bench: CameraBench, camera: Camera) -> None:
        need(bench, Ability.UNPLUG)
        bench.unplug()
        camera.open()
        assert not camera.status().usable
        assert camera.frame(after(bench.clock, 0.1), Cancel()) is None
        bench.plug()
        until(lambda: self.frame(bench, camera) is not None)

    def test_a_mute_camera_is_waited_for_no_longer_than_said(self, bench: CameraBench, camera: Camera) -> None:
        need(bench, Ability.SILENCE)
        camera.open()
        self.seen(bench, camera)
        bench.fall_silent()
        until(lambda: camera.frame(after(bench.clock, 0.2), Cancel()) is None)
        call = Call(lambda cancel: camera.frame(after(bench.clock, FAR_SECONDS), cancel))
        assert call.cancelled() is None
        self.until(bench, camera, lambda health: FaultCode.CAMERA_GONE in health.warnings, seconds=0.1)
        assert not camera.status().usable
        bench.speak_again()
        until(lambda: self.frame(bench, camera) is not None)
        assert camera.status().usable

    def frame(self, bench: CameraBench, camera: Camera) -> Frame | None:
        return Call(lambda cancel: camera.frame(after(bench.clock, FAR_SECONDS), cancel)).result()

    def seen(self, bench: CameraBench, camera: Camera) -> Frame:
        frame = self.frame(bench, camera)
        assert frame is not None
        return frame

    def until(
        self, bench: CameraBench, camera: Camera, true: Callable[[Health], bool], seconds: float = FAR_SECONDS
    ) -> None:
        """Look on until the camera's health is so."""

        def looked() -> bool:
            camera.frame(after(bench.clock, seconds), Cancel())
            return true(camera.status())

        until(looked)


def _brightest(frame: Frame) -> int:
    """Of every hundredth byte: what a hand before the lens lets through is dark everywhere."""
    return max(frame.reveal()[::100])
