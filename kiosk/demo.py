"""The surroundings of a kiosk that has none: simulator and reference backend, started as children or taken as given."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from kiosk import plugins
from kiosk.children import Child
from kiosk.workdir import Workdir


class Simulator(Protocol):
    """A connection to the control socket of a running `kiosk sim`; announced under `kiosk.simulators`."""

    def ask(self, do: str, **fields: Any) -> dict[str, Any]:
        """One request of docs/simulators.md; raises when the simulator refuses it."""
        ...

    def close(self) -> None: ...


class Elsewhere(Protocol):
    """What happens beside the kiosk while a visit runs there."""

    def confirm(self, case_no: str, doctor: str) -> None:
        """The hospital's own system reports a doctor's confirmation of a case."""
        ...

    def pay_on_phone(self, batch_no: str) -> None:
        """The patient's phone pays a bill that waits there."""
        ...


class BillMaker(Protocol):
    """Asks the reference hospital for a fresh unpaid bill; announced under `kiosk.demos` as `bill`."""

    def __call__(
        self,
        url: str,
        backend_folder: Path,
        certno: str,
        scenario: str | None,
        record: str = "",
        paid_at: str = "",
        days_ago: int = 0,
    ) -> str:
        """Returns the new bill's batch_no; `record` is the hospital's number it is made under, `paid_at` the till of
        the hospital's that has it paid already, `days_ago` when both were.
        """
        ...


class Confirmer(Protocol):
    """Lets the reference hospital's own system report a doctor's confirmation; announced as `confirmation`."""

    def __call__(self, url: str, backend_folder: Path, case_no: str, doctor: str) -> None: ...


class PhonePayer(Protocol):
    """Lets a patient's phone pay what a kiosk handed to it; announced as `phone`."""

    def __call__(self, url: str, backend_folder: Path, batch_no: str) -> None: ...


@dataclass(slots=True)
class Surroundings:
    """Where the simulator and the backend are; `fill` goes into the settings' placeholders."""

    backend_url: str
    control: Path
    workdir: Workdir
    fill: dict[str, str] = field(default_factory=dict)

    @property
    def backend_folder(self) -> Path:
        return self.workdir.root / "backend"

    def simulator(self) -> Simulator:
        connect = plugins.load("simulators", "sim")
        made: Simulator = connect(self.control)
        return made

    def fresh_bill(
        self, certno: str, scenario: str | None, record: str = "", paid_at: str = "", days_ago: int = 0
    ) -> str:
        make: BillMaker = plugins.load("demos", "bill")
        return make(self.backend_url, self.backend_folder, certno, scenario, record, paid_at, days_ago)

    def pay_on_phone(self, batch_no: str) -> None:
        pay: PhonePayer = plugins.load("demos", "phone")
        pay(self.backend_url, self.backend_folder, batch_no)

    def confirm(self, case_no: str, doctor: str) -> None:
        """`doctor` is a staff number."""
        report: Confirmer = plugins.load("demos", "confirmation")
        report(self.backend_url, self.backend_folder, case_no, doctor)


@contextmanager
def surroundings(
    workdir: Workdir,
    *,
    backend: str | None = None,
    sim: Path | None = None,
    misbehave: str | None = None,
    pack: Path | None = None,
) -> Iterator[Surroundings]:
    """Start what is not given; end what was started. A backend that is started plays the gateway of `pack`."""
    with ExitStack() as stack:
        logs = workdir.out
        root = ["--workdir", str(workdir.root)]
        sim_child = None
        if sim is None:
            sim_child = Child(["sim", *root], logs / "sim.log")
            stack.callback(sim_child.end)
        backend_child = None
        if backend is None:
            extra = ["--misbehave", misbehave] if misbehave else []
            extra += ["--pack", str(pack)] if pack else []
            backend_child = Child(["backend", "--listen", "127.0.0.1:0", *root, *extra], logs / "backend.log")
            stack.callback(backend_child.end)
        control = Path(sim_child.ready()["control"]) if sim_child else sim
        url = str(backend_child.ready()["url"]) if backend_child else backend
        if control is None or url is None:
            raise ValueError("neither given nor started")
        yield Surroundings(url, control, workdir, _fill(workdir, url, control))


def _fill(workdir: Workdir, url: str, control: Path) -> dict[str, str]:
    """What the demo's settings may name: the backend's address and the folder of the simulated devices."""
    return {"workdir": str(workdir.root), "backend.url": url, "sim": str(control.parent)}
