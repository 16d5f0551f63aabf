from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.installed import config_dir
from settlement.reference import payments
from settlement.reference.counter import Counter
from settlement.reference.hospital import counter
from settlement.reference.ledger.row import Row
from settlement.reference.ledger.store import Ledger, sqlite_url
from settlement.reference.payments import PaymentService
from settlement.reference.people import HospitalFile, PersonFile, World, read_world
from settlement.reference.platform.call import Manners
from settlement.reference.platform.desk import Desk
from settlement.reference.seed import seed
from settlement.reference.tills.hall import Rush, open_hall
from settlement.wire.envelope import ENDPOINT
from settlement.wire.till import TILL
from tests.settlement.reference.house import House, StandingClock, home_area
from tests.support.postgres import Databases, Kept

MakeHouse = Callable[[Manners], House]


@pytest.fixture(scope="session")
def world() -> World:
    return read_world(config_dir() / "people")


@pytest.fixture(scope="session")
def template(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new ledger with all people and no bills; copied for each test."""
    path = tmp_path_factory.mktemp("template") / "ledger.db"
    ledger = Ledger(sqlite_url(path))
    _enrol(ledger, world)
    ledger.close()
    return path


@pytest.fixture(scope="session")
def kept(databases: Databases, world: World) -> Iterator[Kept]:
    """The same on PostgreSQL: a copy of the rows, put back for each test."""
    ledger = Ledger(databases.shared)
    _enrol(ledger, world)
    ledger.close()
    kept = databases.keep([table.name for table in Row.metadata.sorted_tables])
    yield kept
    kept.close()


@pytest.fixture
def database(kind: str, template: Path, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The URL of this test's own ledger, with all people and no bills."""
    if kind == "sqlite":
        (tmp_path / "ledger.db").write_bytes(template.read_bytes())
        return sqlite_url(tmp_path / "ledger.db")
    kept: Kept = request.getfixturevalue("kept")
    kept.restore()
    databases: Databases = request.getfixturevalue("databases")
    return databases.shared


def _enrol(ledger: Ledger, world: World) -> None:
    people = {key: person.model_copy(update={"hospital": _no_bills(person)}) for key, person in world.people.items()}
    seed(ledger, replace(world, people=people), StandingClock().now())


def _no_bills(person: PersonFile) -> HospitalFile:
    records = (record.model_copy(update={"bills": ()}) for record in person.hospital.records)
    return HospitalFile(records=tuple(records))


@pytest.fixture
def ledger(database: str) -> Iterator[Ledger]:
    ledger = Ledger(database)
    yield ledger
    ledger.close()


@pytest.fixture
def make_house(ledger: Ledger, world: World) -> MakeHouse:
    def make(manners: Manners) -> House:
        clock = StandingClock()
        desk = Desk(ledger, world, home_area(world, clock), clock, manners)
        faces = dict.fromkeys(counter.DOORS, Counter(ledger, world, clock, counter.DOORS).answer)
        faces |= dict.fromkeys(payments.PATHS, PaymentService(ledger, clock).answer)
        faces[TILL] = open_hall(desk, lambda path, body: faces[path](path, body), Rush()).answer

        def post(path: str, body: bytes) -> bytes:
            return desk.answer(body) if path == ENDPOINT else faces[path](path, body).body

        house = House(post, world, clock)
        house.sign_in()
        return house

    return make


@pytest.fixture
def house(make_house: MakeHouse) -> House:
    """A backend in this process with people and no bills, the terminal signed in."""
    return make_house(Manners())
