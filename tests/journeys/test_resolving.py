"""Staff end what the kiosk could not, and not before what may still arrive was looked at."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.backend import Backend
from tests.support.forking import Ended, Forge
from tests.support.house import House, house


@pytest.fixture
def home(forge: Forge, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("resolving"), forge) as made:
        yield made


def left_to_staff(home: House, settle: str) -> str:
    """The number of a settlement whose payment the service refuses to give back."""
    backend = Backend(home.url, home.root, home.database)
    backend.misbehave(f"2207:{settle};pay.refund:refuse=不行")
    home.visit()
    [entry] = home.recover().answer["open"]
    assert entry["state"] == "Manual"
    return str(entry["sid"])


def resolve(home: House, sid: str) -> Ended:
    given = ("--as", "refunded", "--by", "0417", "--reason", "窗口已退", "--json", "--workdir", str(home.root))
    return home.forge.run("journal", "resolve", sid, *given)


def test_what_cannot_arrive_any_more_is_ended_by_staff(home: House) -> None:
    ended = resolve(home, left_to_staff(home, "refuse=不行"))
    assert (ended.code, ended.answer["open"], ended.answer["closed"]) == (0, [], 1)


def test_what_may_still_arrive_is_not_ended_before(home: House) -> None:
    """A 2207 that was lost and reversed may land for minutes: it is reversed once more, and staff wait for that."""
    ended = resolve(home, left_to_staff(home, "lose-request"))
    assert ended.code == 1
    assert "分钟后再办" in " ".join(ended.errors)
    assert [one["state"] for one in home.recover().answer["open"]] == ["Manual"]
