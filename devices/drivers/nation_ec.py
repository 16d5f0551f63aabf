"""A certified face and e-voucher terminal through its maker's library, which runs in a process of its own.

The library wakes camera and scanner by itself and comes back when it has an answer. There is no call that ends it: who
leaves ends its process, and with it whatever it has lit.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from devices.bridge.process import Bridge, Library, Out
from devices.transport.errors import DeviceGoneError, GarbledError, InterruptedTransferError
from devices.wire import nation_ec as wire
from devices.wire.nation_ec import Broken, Declined, Station, Trans
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.driver import Driver, Host
from kiosk.ports.face_terminal import (
    Errand,
    FaceAuthorised,
    FaceTerminal,
    HolderFound,
    NotAuthorised,
    SettleNotice,
)
from kiosk.ports.health import DeviceState, Health

_GONE: Final = FaultCode.FACE_TERMINAL_GONE


class _StationSettings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str = Field(default="", description="库要访问的前置地址（localcfc），由医保局给")
    org_id: str = Field(min_length=1, max_length=40, description="机构编号 orgId")
    operator_id: str = Field(min_length=1, max_length=20, description="操作员 operatorId，自助机写终端号")
    operator_name: str = Field(default="", max_length=30, description="操作员姓名，自助机写终端名称")
    office_id: str = Field(default="", max_length=20, description="科室编号")
    office_name: str = Field(default="", max_length=30, description="科室名称")
    answer_seconds: float = Field(default=90.0, gt=0, description="库多久不回答就结束它的进程；要比人刷脸久")


class NationEcSettings(_StationSettings):
    """Of `nation_ec`, among the `kiosk.face_terminals`."""

    library: Path = Field(description="终端厂商动态库（.so）的完整路径")
    interpreter: Path | None = Field(default=None, description="装载库用的 Python；不写则用本程序的")


class SimulatedEcSettings(_StationSettings):
    """Of `sim_nation_ec`, among the `kiosk.face_terminals`."""

    socket: Path = Field(description="模拟终端的套接字文件")


class NationEcTerminal:
    """A `FaceTerminal`."""

    def __init__(self, settings: _StationSettings, bridge: Bridge, host: Host) -> None:
        self._url = settings.url.encode()
        self._station = Station(
            settings.org_id,
            settings.operator_id,
            settings.operator_name,
            settings.office_id,
            settings.office_name,
        )
        self._bridge, self._log = bridge, host.log
        self._health = Health(DeviceState.UNKNOWN)

    def open(self) -> None:
        """The process starts when it is first asked: a terminal cannot be asked how it is."""

    def close(self) -> None:
        self._bridge.close()
        self._health = Health(DeviceState.UNKNOWN)

    def status(self) -> Health:
        """As the last call found it; `unknown` before the first one."""
        return self._health

    def authorise(self, errand: Errand, deadline: Monotonic, cancel: Cancel) -> FaceAuthorised | NotAuthorised | None:
        answer = self._call(wire.request(Trans.FACE, self._station, errand), deadline, cancel)
        if not isinstance(answer, bytes):
            return answer
        told = wire.read_face(answer)
        return told if isinstance(told, FaceAuthorised) else self._no(told, FaultCode.FACE_NOT_AUTHORISED)

    def read_voucher(self, errand: Errand, deadline: Monotonic, cancel: Cancel) -> HolderFound | NotAuthorised | None:
        answer = self._call(wire.request(Trans.CODE, self._station, errand), deadline, cancel)
        if not isinstance(answer, bytes):
            return answer
        told = wire.read_holder(answer)
        return told if isinstance(told, HolderFound) else self._no(told, FaultCode.VOUCHER_REFUSED)

    def show(self, errand: Errand, notice: SettleNotice, deadline: Monotonic, cancel: Cancel) -> bool:
        answer = self._call(wire.request(Trans.NOTIFY, self._station, errand, notice), deadline, cancel)
        return isinstance(answer, bytes) and wire.taken(answer)

    def _no(self, told: Declined | Broken, fault: FaultCode) -> NotAuthorised:
        if isinstance(told, Broken):
            self._log.info("terminal not understood", extra={"fault": _GONE, "error": told.why})
            return NotAuthorised(_GONE)
        return NotAuthorised(fault, told.reason)

    def _call(self, request: bytes, deadline: Monotonic, cancel: Cancel) -> bytes | NotAuthorised | None:
        """The library's answer, or what came instead. The one place where its misfortune becomes a value."""
        try:
            said = self._bridge.call_for_text(wire.FUNCTION, (self._url, request, Out(wire.OUT_SIZE)), deadline, cancel)
        except InterruptedTransferError:
            self._bridge.close()
            return None
        except (DeviceGoneError, GarbledError) as error:
            return self._lose(str(error))
        if said.text != wire.RAN:
            return self._lose("the library did not run")
        self._health = Health(DeviceState.ONLINE)
        return said.outs[0]

    def _lose(self, why: str) -> NotAuthorised:
        self._log.info("face terminal lost", extra={"fault": _GONE, "error": why})
        self._health = Health(DeviceState.HARDWARE_ERROR, (_GONE,))
        return NotAuthorised(_GONE)


def _real(settings: NationEcSettings, host: Host) -> FaceTerminal:
    library = Library(settings.library, answer_seconds=settings.answer_seconds)
    if settings.interpreter is not None:
        library = replace(library, interpreter=settings.interpreter)
    return NationEcTerminal(settings, Bridge(library, host.clock), host)


def _simulated(settings: SimulatedEcSettings, host: Host) -> FaceTerminal:
    program = (sys.executable, "-m", "devices.sim.sealed.face_library")
    library = Library(settings.socket, answer_seconds=settings.answer_seconds, program=program)
    return NationEcTerminal(settings, Bridge(library, host.clock), host)


real: Driver[FaceTerminal] = Driver(NationEcSettings, simulated=False, make=_real)
simulated: Driver[FaceTerminal] = Driver(SimulatedEcSettings, simulated=True, make=_simulated)
