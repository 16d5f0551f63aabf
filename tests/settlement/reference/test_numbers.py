from datetime import datetime

from kiosk.ports.clock import BEIJING
from settlement.reference.platform.call import fresh_number


def test_numbers_made_in_one_moment_differ() -> None:
    now = datetime(2026, 11, 22, 9, 0, tzinfo=BEIJING)
    assert len({fresh_number(now) for _ in range(5_000)}) == 5_000
