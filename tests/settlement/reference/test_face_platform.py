"""The province's face service as the reference backend plays it: drawn photographs, numbers that the centre knows."""

import base64
import logging
from pathlib import Path
from typing import Any

from devices.conformance.waiting import FAR_SECONDS, Call, after, until
from devices.drivers import nation_ec
from devices.sim.face.chip import chip_picture
from kiosk.engine.clock import SystemClock
from kiosk.engine.face_providers import CertifiedFaces
from kiosk.faults import FaultCode
from kiosk.installed import config_dir
from kiosk.ports.camera import Frame, FrameSlot
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.driver import Host
from kiosk.ports.face import FaceAccepted, FaceAnswer, FaceRefused, FaceTask, Provider, Purpose
from settlement.face_platform import png_of
from settlement.reference.face_platform import FaceService, enrolled
from settlement.reference.ledger.store import Ledger
from settlement.reference.people import World
from settlement.reference.voucher import CENTRE, VoucherCentre
from settlement.voucher import VoucherFront
from settlement.wire import codec
from settlement.wire.codec import Message, MessageT
from settlement.wire.face_platform import JUDGE, PORTRAIT
from tests.devices.support.simulator import running
from tests.settlement.reference.house import StandingClock
from tests.support.people import ZHANG

FRAMES = tuple(Frame(bytes([number]) * 12, 2, 2, number, Monotonic(number)) for number in range(3))
HOST = Host(SystemClock(), logging.getLogger("kiosk.device"))


def test_the_reference_gives_drawn_photographs_and_vouches_once_for_whoever_moves(ledger: Ledger, world: World) -> None:
    clock = StandingClock()
    service = FaceService(ledger, clock, enrolled())
    person = world.people["zhangsan"]
    assert person.platform is not None
    who = {"psn_no": person.platform.psn_no, "certno": person.certno}

    def told(path: str, **more: Any) -> dict[str, Any]:
        return codec.decode(service.answer(path, codec.encode(who | more)).body)

    drawn = (config_dir() / "people" / "portraits" / f"{person.certno}.webp").read_bytes()
    assert base64.b64decode(told(PORTRAIT)["portrait"]) == drawn == chip_picture("zhangsan")
    pictures = [base64.b64encode(png_of(frame)).decode() for frame in FRAMES]
    assert "refused" in told(JUDGE, purpose="admission", frames=pictures[:1] * 3), "one picture three times"
    number = told(JUDGE, purpose="admission", frames=pictures)["auth_no"]
    about = {"orgId": "H1", "businessType": "01103", "operatorId": "003", "outBizNo": number, "authNo": number}
    question = codec.encode({"orgId": "H1", "transType": "cn.nhsa.auth.check", "data": about})
    centre = VoucherCentre(ledger, clock)
    assert person.certno in codec.decode(centre.answer(CENTRE, question).body)["data"]
    assert codec.decode(centre.answer(CENTRE, question).body)["code"] == 1, "a number serves once"


def test_nobody_without_a_photograph_is_vouched_for(ledger: Ledger) -> None:
    service = FaceService(ledger, StandingClock(), {})
    asked = {"psn_no": "1", "certno": "1", "purpose": "presence", "frames": ["AAAA"]}
    for path in (PORTRAIT, JUDGE):
        assert "refused" in codec.decode(service.answer(path, codec.encode(asked)).body)


class Near:
    """The centre's own bytes without the network between."""

    def __init__(self, centre: VoucherCentre) -> None:
        self._centre = centre

    def ask(self, path: str, said: Message, reply: type[MessageT], key: str = "") -> MessageT:
        return codec.read(reply, codec.decode(self._centre.answer(path, codec.encode(said, "string")).body))


def test_terminal_and_centre_together_say_who_stands_there(ledger: Ledger, tmp_path: Path) -> None:
    station = {"orgId": "H00000000001", "operatorId": "003"}
    near: Any = Near(VoucherCentre(ledger, StandingClock()))
    centre = VoucherFront(near, station)
    with running(tmp_path) as sim, sim.connect() as simulator:
        socket = Path(sim.ready["face_terminal"])
        settings = nation_ec.SimulatedEcSettings(socket=socket, org_id="H00000000001", operator_id="003")
        faces = CertifiedFaces(nation_ec.simulated.make(settings, HOST), centre, HOST.clock)
        answers = []

        def look(cancel: Cancel) -> FaceAnswer | None:
            task, soon = FaceTask(Purpose.ADMISSION, whose=ZHANG), after(HOST.clock, FAR_SECONDS)
            return faces.verify(task, FrameSlot(HOST.clock), lambda _: None, soon, cancel)

        for person in ("zhangsan", "lihong"):
            call = Call(look)
            until(lambda: bool(simulator.state()["face_terminal"]["wants"]))
            simulator.ask("before_terminal", person=person)
            answers.append(call.result())
        faces.close()
    himself, another = answers
    assert isinstance(himself, FaceAccepted)
    assert himself.auth_no is not None
    assert himself.evidence.provider is Provider.CERTIFIED
    assert isinstance(another, FaceRefused)
    assert another.fault is FaultCode.FACE_NOT_SAME
