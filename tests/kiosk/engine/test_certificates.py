"""The life of our client certificates, by real certificates: a warning in good time, and nothing begun at the end."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk.engine.certificates import CertificateWatch
from kiosk.faults import CATALOGUE, FaultCode, Severity
from kiosk.ports.clock import BEIJING
from settlement.access import Access
from tests.kiosk.engine.inbox import Inbox
from tests.support.parties import HandClock
from tests.support.tls import Authority, Identity

ENDING, ENDED = FaultCode.CERTIFICATE_ENDING, FaultCode.CERTIFICATE_ENDED


def access_of(identity: Identity, authority: Authority) -> Access:
    return Access(url="https://127.0.0.1", ca=authority.ca, cert=identity.cert, key=identity.key)


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path, "ours")


@pytest.fixture
def clock() -> HandClock:
    """A minute on: a certificate's end is a whole second, and one issued in the next second would have a day more."""
    return HandClock(datetime.now(BEIJING) + timedelta(minutes=1))


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def watch(clock: HandClock, inbox: Inbox) -> CertificateWatch:
    return CertificateWatch(clock, inbox.faulted)


warns = pytest.mark.expected_log("kiosk.engine.certificates", logging.WARNING, "a client certificate ends")


@pytest.mark.parametrize("days", [33, 365])
def test_a_certificate_with_time_left_is_not_mentioned(
    watch: CertificateWatch, inbox: Inbox, authority: Authority, days: int
) -> None:
    watch.add(access_of(authority.issue("kiosk", days=days), authority).certificate_ends)
    watch.look()
    assert inbox.fault_history == []


@warns
@pytest.mark.parametrize(("days", "fault"), [(30, ENDING), (2, ENDING), (1, ENDED), (-1, ENDED)])
def test_a_certificate_near_its_end_warns_and_at_its_end_stops_settling(
    watch: CertificateWatch, inbox: Inbox, authority: Authority, days: int, fault: FaultCode
) -> None:
    """Issued a moment ago for a day, less than a whole day is left: 0 days."""
    watch.add(access_of(authority.issue("kiosk", days=days), authority).certificate_ends)
    watch.look()
    assert inbox.faults == {fault}
    assert (CATALOGUE[fault].severity is Severity.SETTLEMENT) is (fault is ENDED)


@warns
def test_the_one_that_ends_first_counts(watch: CertificateWatch, inbox: Inbox, authority: Authority) -> None:
    for name, days in (("platform", 300), ("hospital", 12), ("payment", 100)):
        watch.add(access_of(authority.issue(name, days=days), authority).certificate_ends)
    watch.look()
    assert inbox.faults == {ENDING}


@warns
def test_it_is_looked_at_once_a_day_and_the_warning_becomes_a_stop(
    watch: CertificateWatch, inbox: Inbox, authority: Authority, clock: HandClock
) -> None:
    asked: list[datetime] = []
    ends = access_of(authority.issue("kiosk", days=30), authority).certificate_ends

    def counted() -> datetime:
        asked.append(clock.shown)
        return ends()

    watch.add(counted)
    for _ in range(3):
        watch.look()
    assert len(asked) == 1
    assert inbox.faults == {ENDING}
    clock.shown += timedelta(days=29)
    watch.look()
    assert inbox.faults == {ENDED}
    assert len(asked) == 2


@warns
def test_a_renewed_certificate_ends_the_stop_at_once(
    watch: CertificateWatch, inbox: Inbox, authority: Authority
) -> None:
    identity = authority.issue("kiosk", days=-1)
    watch.add(access_of(identity, authority).certificate_ends)
    watch.look()
    assert inbox.faults == {ENDED}
    renewed = authority.issue("kiosk", days=300)
    assert renewed.cert == identity.cert
    watch.look()
    assert inbox.faults == set()


def missing() -> datetime:
    raise FileNotFoundError


def damaged(tmp_path: Path) -> Callable[[], datetime]:
    (tmp_path / "kiosk.pem").write_text("-----BEGIN CERTIFICATE-----\nno\n", encoding="ascii")
    pem = tmp_path / "kiosk.pem"
    return Access(url="https://127.0.0.1", ca=pem, cert=pem, key=pem).certificate_ends


def test_a_file_that_tells_no_end_is_left_to_the_connection_that_needs_it(
    watch: CertificateWatch, inbox: Inbox, tmp_path: Path
) -> None:
    watch.add(missing)
    watch.add(damaged(tmp_path))
    watch.look()
    assert inbox.fault_history == []
