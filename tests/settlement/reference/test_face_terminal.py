"""Terminal, e-voucher centre and platform: three that never spoke with one another agree about a person."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from devices.conformance.waiting import FAR_SECONDS, Call, after, until
from devices.drivers import nation_ec
from devices.sim.client import Simulator
from kiosk.domain.personal import Voucher
from kiosk.engine.clock import SystemClock
from kiosk.ports.driver import Host
from kiosk.ports.face_terminal import Business, Errand, FaceAuthorised, FaceTerminal, HolderFound
from settlement.reference.ledger.store import Ledger
from settlement.reference.voucher import CENTRE, VoucherCentre
from settlement.wire import codec, people
from tests.devices.support.simulator import Running, running
from tests.settlement.reference.house import House

ERRAND = Errand(Business.SETTLING, "K1")
HOST = Host(SystemClock(), logging.getLogger("kiosk.device"))


@pytest.fixture(scope="module")
def sim(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("sim")) as started:
        yield started


@pytest.fixture
def terminal(sim: Running) -> Iterator[FaceTerminal]:
    socket = Path(sim.ready["face_terminal"])
    settings = nation_ec.SimulatedEcSettings(socket=socket, org_id="H00000000001", operator_id="003")
    terminal = nation_ec.simulated.make(settings, HOST)
    yield terminal
    terminal.close()


def wait_for_somebody(simulator: Simulator) -> None:
    until(lambda: bool(simulator.state()["face_terminal"]["wants"]))


def person_of(house: House, token: str) -> str:
    """The certno that 1101 gives for an e-voucher's token."""
    query = {"mdtrt_cert_type": "01", "mdtrt_cert_no": token}
    return codec.read(people.PersonOutput, house.told("1101", {"data": query})).baseinfo.certno


def check(centre: VoucherCentre, number: Voucher, **changes: str) -> dict[str, Any]:
    about = {"orgId": "H00000000001", "businessType": "01301", "operatorId": "003", "outBizNo": "K1"}
    about["authNo"] = number.reveal()
    frame = {"orgId": "H00000000001", "transType": "cn.nhsa.auth.check", "data": about | changes}
    return codec.decode(centre.answer(CENTRE, codec.encode(frame)).body)


def test_a_face_before_the_terminal_is_an_insured_persons_once_and_for_one_business(
    house: House, ledger: Ledger, sim: Running, terminal: FaceTerminal
) -> None:
    centre = VoucherCentre(ledger, house.clock)
    with sim.connect() as simulator:
        call = Call(lambda cancel: terminal.authorise(ERRAND, after(HOST.clock, FAR_SECONDS), cancel))
        wait_for_somebody(simulator)
        simulator.ask("before_terminal", person="lihong")
    answer = call.result()
    assert isinstance(answer, FaceAuthorised)
    assert check(centre, answer.auth_no, businessType="01101")["code"] == 1, "for another business"
    assert check(centre, Voucher("ano" + "0" * 40))["code"] == 1, "a number that nobody gave"
    holder = json.loads(check(centre, answer.auth_no)["data"])
    assert (holder["userName"], person_of(house, holder["ecToken"])) == ("李𬭎", holder["idNo"])
    assert check(centre, answer.auth_no)["code"] == 1, "a number serves once"


def test_a_code_before_the_terminals_own_scanner_is_the_same_persons(
    house: House, sim: Running, terminal: FaceTerminal
) -> None:
    with sim.connect() as simulator:
        call = Call(lambda cancel: terminal.read_voucher(ERRAND, after(HOST.clock, FAR_SECONDS), cancel))
        wait_for_somebody(simulator)
        simulator.ask("before_terminal", person="lihong", shows="code")
    answer = call.result()
    assert isinstance(answer, HolderFound)
    assert person_of(house, answer.identity.token.reveal()) == answer.identity.resident_id.reveal()
