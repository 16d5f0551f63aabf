"""All simulated devices side by side, and what each request does to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, assert_never

from devices.sim import requests
from devices.sim.camera.camera import SimulatedCamera
from devices.sim.camera.drawing import Scene
from devices.sim.card.apdu_socket import SocketReader
from devices.sim.card.card import Habits, VirtualCard
from devices.sim.card.contents import generation_of, personalise
from devices.sim.card.people import Holder, PersonMissingError, read_holder, read_holders
from devices.sim.card.slot import Presented, Slot
from devices.sim.card.vpcd import VpcdReader
from devices.sim.id_card.bench import IdBench
from devices.sim.keypad import LEGEND, SimulatedKeypad
from devices.sim.loop import Loop
from devices.sim.pacing import Line
from devices.sim.printer.bench import PrinterBench
from devices.sim.printer.mechanism import Model
from devices.sim.printer.station import Delivered, Station
from devices.sim.requests import Request
from devices.sim.scanner import Firmware, SimulatedScanner
from devices.sim.sealed.bench import NotNowError, SealedBench, SealedRequest
from devices.sim.speaker import SimulatedSpeaker
from devices.sim.surroundings import Surroundings
from kiosk.ports.face import Challenge

Answer = dict[str, Any]
WholeRequest = (
    requests.People | requests.Printed | requests.Sheets | requests.State | requests.Reset | requests.Subscribe
)
"""Of all devices together."""
CardRequest = requests.Insert | requests.Remove | requests.Yank | requests.Reader | requests.ReaderKeys


if TYPE_CHECKING:  # drawing people needs OpenCV, an extra
    from devices.sim.face.stage import Stage


class RequestError(Exception):
    """A request that makes no sense now; the message goes back to whoever asked."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the bench stands. `vpcd` is pcscd's virtual reader, None when no card goes there."""

    folder: Path
    people: Path
    printer_port: int = 0
    vpcd: tuple[str, int] | None = None


class Bench:
    """`tell` gets an event's name and what belongs to it."""

    def __init__(self, loop: Loop, places: Places, tell: Callable[[str, Answer], None]) -> None:
        self._places = places
        self._tell = tell
        self._slots = {name: Slot(loop, self._changed) for name in ("socket", "contactless")}
        self.reader = SocketReader(loop, places.folder / "card.sock", self._slots["socket"], self._changed)
        self.contactless = SocketReader(
            loop, places.folder / "contactless.sock", self._slots["contactless"], self._changed
        )
        if places.vpcd is not None:
            self._slots["vpcd"] = Slot(loop, self._changed)
            VpcdReader(loop, places.vpcd, self._slots["vpcd"])
        self._people_folder = places.folder / "camera-person"
        self.id_bench = IdBench(loop, places.folder / "id_reader", self._changed, self._holder_of, self._chip_of)
        self.scanner = SimulatedScanner(loop, places.folder / "scanner", self._changed)
        self._stage: Stage | None = None
        self.camera = SimulatedCamera(places.folder / "camera", self._changed)
        self.document = SimulatedCamera(places.folder / "document", self._changed, Scene.SHEET)
        self.keypad = SimulatedKeypad(loop, places.folder / "keypad")
        self.speaker = SimulatedSpeaker(loop, places.folder)
        self.station = Station(loop, places.folder, places.printer_port, self._printed)
        self.printer = PrinterBench(self.station)
        self.sealed = SealedBench(loop, places.folder, self._changed, self._holder_of)
        self.surroundings = Surroundings(loop, places.folder)
        self.reader.plug()
        self.contactless.plug()
        self.station.plug()

    def close(self) -> None:
        """Leave no name behind that leads nowhere."""
        for slot in self._slots.values():
            slot.remove()
        self.reader.unplug()
        self.contactless.unplug()
        self.id_bench.close()
        self.scanner.unplug()
        self._leave()
        self.camera.unplug()
        self.document.unplug()
        self.keypad.unplug()
        self.speaker.unplug()
        self.station.close()
        self.sealed.close()
        self.surroundings.close()

    def obey(self, request: Request) -> Answer:
        """Do it; raises RequestError."""
        match request:
            case requests.Insert() | requests.Remove() | requests.Yank() | requests.Reader() | requests.ReaderKeys():
                return self._card(request)
            case requests.Lay() | requests.Lift() | requests.IdReader() | requests.Spoil():
                return self.id_bench.obey(request)
            case requests.Scan() | requests.TakeCode() | requests.Noise() | requests.SpoilScan() | requests.Scanner():
                return self._scan(request)
            case requests.Person() | requests.Shown():
                return self._pose(request)
            case requests.Camera() | requests.Document():
                return self._look(request)
            case requests.Press() | requests.Keypad():
                return self._press(request)
            case (
                requests.PaymentTerminal()
                | requests.HoldBankCard()
                | requests.TerminalKeys()
                | requests.FaceTerminal()
                | requests.BeforeTerminal()
                | requests.PinPad()
                | requests.PressKeys()
            ):
                return self._seal(request)
            case requests.Speaker():
                return self.speaker.obey(request)
            case requests.GuideLight() | requests.PresenceSensor() | requests.PowerSource():
                return self.surroundings.obey(request)
            case (
                requests.People()
                | requests.Printed()
                | requests.Sheets()
                | requests.State()
                | requests.Reset()
                | requests.Subscribe()
            ):
                return self._whole(request)
            case _:
                return self.printer.obey(request)

    def _whole(self, request: WholeRequest) -> Answer:
        match request:
            case requests.People():
                return {"people": self._people()}
            case requests.Printed():
                return {"papers": [_described(paper) for paper in self.station.papers()]}
            case requests.Sheets():
                return {"sheets": [sha256(sheet.read_bytes()).hexdigest() for sheet in self._sheets()]}
            case requests.State():
                return self._state()
            case requests.Reset():
                return self._reset()
            case requests.Subscribe():
                return {}  # the control socket's own business
            case _ as never:
                assert_never(never)

    def _seal(self, request: SealedRequest) -> Answer:
        try:
            return self.sealed.obey(request)
        except NotNowError as error:
            raise RequestError(str(error)) from error

    def _card(self, request: CardRequest) -> Answer:
        match request:
            case requests.Reader():
                reader = self._socket_reader(request.transport)
                (reader.plug if request.plugged else reader.unplug)()
            case requests.ReaderKeys():
                why_not = self._socket_reader(request.transport).press(request.keys)
                if why_not is not None:
                    raise RequestError(why_not)
            case requests.Insert():
                self._insert(request)
            case requests.Remove():
                self._occupied(request.transport).remove()
            case requests.Yank():
                self._occupied(request.transport).yank_at(request.apdu)
            case _ as never:
                assert_never(never)
        return {}

    def _socket_reader(self, transport: str) -> SocketReader:
        return self.reader if transport == "socket" else self.contactless

    def _slot(self, transport: str) -> Slot:
        if transport not in self._slots:
            raise RequestError(f"no reader is reached by {transport}: start with --vpcd")
        return self._slots[transport]

    def _occupied(self, transport: str) -> Slot:
        slot = self._slot(transport)
        if not slot.occupied:
            raise RequestError("no card is inserted")
        return slot

    def _insert(self, request: requests.Insert) -> None:
        slot = self._slot(request.transport)
        if slot.occupied:
            raise RequestError("a card is inserted already")
        holder = self._read(request.card) if request.card else self._holder_of(request.person or "")
        if request.name is not None:
            holder = holder.model_copy(update={"name": request.name})
        contents = personalise(
            holder,
            request.generation or generation_of(holder),
            flaw=request.flaw,
            padding=request.padding,
            contactless=request.contactless,
        )
        habits = Habits(frozenset(request.p1), request.contactless, request.pin_tries)
        card = VirtualCard(contents, flaw=request.flaw, habits=habits)
        slot.insert(Presented(card, request.delay_ms, request.yank_at, request.silent_at))
        self._changed("card_inserted")

    def _holder_of(self, key: str) -> Holder:
        return self._read(self._places.people / f"{key}.toml")

    @staticmethod
    def _read(path: Path) -> Holder:
        try:
            return read_holder(path)
        except PersonMissingError as error:
            raise RequestError(str(error)) from error

    def _people(self) -> list[Answer]:
        return [
            {"key": key, "name": holder.name, "generation": generation_of(holder), "note": holder.note}
            for key, holder in read_holders(self._places.people).items()
        ]

    def _scan(
        self, request: requests.Scan | requests.TakeCode | requests.Noise | requests.SpoilScan | requests.Scanner
    ) -> Answer:
        match request:
            case requests.Scan():
                for _ in range(request.repeat):
                    self.scanner.hold((request.code + request.end).encode())
                return {"waiting": self.scanner.waiting}
            case requests.TakeCode():
                self.scanner.take_away()
            case requests.Noise():
                self.scanner.send(bytes.fromhex(request.bytes_hex))
            case requests.SpoilScan():
                self.scanner.spoilt = request.kind, request.at
            case requests.Scanner():
                self._set_scanner(request)
            case _ as never:
                assert_never(never)
        return {}

    def _set_scanner(self, request: requests.Scanner) -> None:
        scanner, line = self.scanner, self.scanner.line
        scanner.line = Line(
            baud=request.baud or line.baud,
            fragment=request.fragment or line.fragment,
            pause_ms=line.pause_ms if request.pause_ms is None else request.pause_ms,
        )
        scanner.firmware = request.firmware or scanner.firmware
        scanner.refuses = scanner.refuses if request.refuses is None else request.refuses
        scanner.silent = scanner.silent if request.silent is None else request.silent
        if request.plugged is not None:
            (scanner.plug if request.plugged else scanner.unplug)()

    def _pose(self, request: requests.Person | requests.Shown) -> Answer:
        match request:
            case requests.Person(person=None):
                self._leave()
            case requests.Person():
                self._stand(request)
            case requests.Shown() if self._stage is not None:
                from devices.sim.face.stage import Page

                asked = Challenge(request.asked) if request.asked else None
                self._stage.show(Page(asked, request.done, request.light))
            case requests.Shown():
                raise RequestError("nobody stands before the camera")
            case _ as never:
                assert_never(never)
        return {}

    def _stand(self, request: requests.Person) -> None:
        try:
            from devices.sim.face.presented import Presented
            from devices.sim.face.stage import Stage, Who
        except ImportError as error:
            raise RequestError("people are drawn with OpenCV: install the extra `face`") from error
        self._leave()
        folder = self._people_folder
        person = request.person or ""
        who = Who(Presented(request.presented), person, request.other, request.cards or (person,))
        self._stage = Stage(folder, who)
        self._stage.begin()
        self.camera.see(Scene.PERSON, folder)

    def _chip_of(self, person: str) -> bytes:
        """The picture on the card of somebody who stands before the camera; it was drawn when they came."""
        try:
            return (self._people_folder / f"{person}.chip").read_bytes()
        except FileNotFoundError as error:
            raise RequestError(f"nobody before the camera carries a card of {person}") from error

    def _leave(self) -> None:
        if self._stage is not None:
            self._stage.end()
            self._stage = None
            self.camera.see(Scene.EMPTY)

    def _look(self, request: requests.Camera | requests.Document) -> Answer:
        camera = self.camera if isinstance(request, requests.Camera) else self.document
        if request.scene is not None:
            camera.see(request.scene)
        if request.plugged is not None:
            (camera.plug if request.plugged else camera.unplug)()
        return {}

    def _press(self, request: requests.Press | requests.Keypad) -> Answer:
        if isinstance(request, requests.Press) and request.key not in LEGEND:
            raise RequestError(f"the keypad has no key {request.key}")
        return self.keypad.obey(request)

    def _sheets(self) -> list[Path]:
        return sorted((self._places.folder / "pages").glob("*.pdf"), key=lambda sheet: sheet.stat().st_ctime_ns)

    def _state(self) -> Answer:
        return {
            "card": {name: slot.occupied for name, slot in self._slots.items()},
            "apdus": {name: slot.apdus for name, slot in self._slots.items()},
            "pins_shown": {name: slot.pins_shown for name, slot in self._slots.items()},
            "reader": self.reader.plugged,
            "reader_keys": {"taking": self.reader.taking, "traffic_hex": self.reader.traffic.hex()},
            "id_reader": self.id_bench.state(),
            "keypad": {"plugged": self.keypad.plugged},
            "speaker": self.speaker.state(),
            "scanner": {"plugged": self.scanner.plugged, "light": self.scanner.light, "waiting": self.scanner.waiting},
            "camera": {"plugged": self.camera.plugged, "scene": self.camera.scene},
            "document": {"plugged": self.document.plugged, "scene": self.document.scene},
            "payment_terminal": self.sealed.payment_state(),
            "face_terminal": self.sealed.face_state(),
            "pin_pad": self.sealed.pad_state(),
            "printer": self.printer.state(),
            **self.surroundings.state(),
        }

    def _reset(self) -> Answer:
        for slot in self._slots.values():
            slot.clear()
        self.reader.reset()
        self.contactless.reset()
        self.id_bench.reset()
        self.scanner.unplug()
        self.scanner.take_away()
        self.scanner.line, self.scanner.firmware = Line(), Firmware.NEWLAND
        self.scanner.refuses = self.scanner.silent = False
        self.scanner.spoilt = None
        self.scanner.plug()
        self._leave()
        self.camera.see(Scene.EMPTY)
        self.camera.plug()
        self.document.see(Scene.SHEET)
        self.document.plug()
        self.sealed.reset()
        self.surroundings.reset()
        self.keypad.plug()
        self.speaker.reset()
        for sheet in self._sheets():
            sheet.unlink()
        self.station.clear()
        self.station.replace(Model())
        self.station.plug()
        return {}

    def _changed(self, what: str) -> None:
        self._tell(what, {})

    def _printed(self, paper: Delivered) -> None:
        self._tell("printed", _described(paper))


def _described(paper: Delivered) -> Answer:
    return {name: str(value) if isinstance(value, Path) else value for name, value in asdict(paper).items()}
