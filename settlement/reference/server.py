"""Runs the backend: the application on uvicorn behind a Unix socket, the gateway in front of it, until told to stop."""

from __future__ import annotations

import asyncio
import json
import signal
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from settlement.reference.application import Backend
from settlement.reference.benefit.areas import Area, shipped_areas
from settlement.reference.certificates import prepare
from settlement.reference.clock import SystemClock
from settlement.reference.counter import Counter
from settlement.reference.entrance import Manner, open_entrance
from settlement.reference.front.errand import House
from settlement.reference.front.operator import Operator
from settlement.reference.front.window import Window
from settlement.reference.gateway import Gateway
from settlement.reference.hospital.counter import DOORS
from settlement.reference.ledger.store import Ledger
from settlement.reference.misbehaviour import Plan
from settlement.reference.payments import PaymentService
from settlement.reference.people import World
from settlement.reference.platform.call import Manners
from settlement.reference.platform.desk import Desk
from settlement.reference.seed import seed
from settlement.reference.tills.hall import Rush

_HOUR = 3600  # the gateway decides when an idle connection ends, not the application behind it


@dataclass(frozen=True, slots=True)
class Setup:
    """All that one run needs. `folder` keeps the certificates; port 0 takes any free one."""

    folder: Path
    host: str
    port: int
    database: str
    world: World
    plan: Plan
    manners: Manners
    manner: Manner
    rush: Rush


class _QuietServer(uvicorn.Server):
    """uvicorn without its own signal handling: signals end the gateway first."""

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        yield


async def serve(setup: Setup) -> None:
    """Prints one line when ready; returns after SIGTERM or SIGINT. OSError when the address cannot be listened on."""
    clock = SystemClock()
    tls = prepare(setup.folder, setup.host, clock.now())
    ledger = Ledger(setup.database)
    seed(ledger, setup.world, clock.now())
    desk = Desk(ledger, setup.world, _home(setup.world, clock), clock, setup.manners)
    backend = Backend(
        desk,
        Counter(ledger, setup.world, clock, DOORS),
        Window(House(ledger, Operator(desk, setup.world.hospital, clock), clock)),
        PaymentService(ledger, clock),
        setup.plan,
        open_entrance(setup.manner, setup.folder, clock),
        rush=setup.rush,
    )
    try:
        with tempfile.TemporaryDirectory(prefix="kiosk-backend-") as private:
            await _serve(setup, backend, Gateway(f"{private}/application.sock", tls), f"{private}/application.sock")
    finally:
        ledger.close()


def _home(world: World, clock: SystemClock) -> Area:
    """The area in which the hospital stands."""
    area = shipped_areas().at(world.hospital.area, clock.now().date())
    if area is None:
        raise ValueError(f"no rules of area {world.hospital.area}")
    return area


async def _serve(setup: Setup, backend: Backend, gateway: Gateway, socket: str) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    server = _QuietServer(
        uvicorn.Config(
            backend.application,
            uds=socket,
            lifespan="off",
            access_log=False,
            log_config=None,
            timeout_keep_alive=_HOUR,
            timeout_graceful_shutdown=1,
        )
    )
    running = asyncio.create_task(server.serve())
    while not server.started:  # uvicorn has no event for it
        await asyncio.sleep(0.005)
        if running.done():
            await running
            raise OSError("the application did not start")
    try:
        port = await gateway.open(setup.host, setup.port)
        _announce(setup, port)
        await stop.wait()
    finally:
        await gateway.close()
        server.should_exit = True
        await running


def _announce(setup: Setup, port: int) -> None:
    host = f"[{setup.host}]" if ":" in setup.host else setup.host
    ready = {"ready": "backend", "url": f"https://{host}:{port}", "ca": str(setup.folder / "ca.pem")}
    print(json.dumps(ready), flush=True)  # noqa: T201 - the line that whoever started us waits for
