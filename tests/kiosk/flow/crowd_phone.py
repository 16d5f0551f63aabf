"""What the crowd meets of a bill on its patient's phone: it goes there, waits there, and was paid there."""

from __future__ import annotations

from dataclasses import replace

from kiosk.faults import FaultCode
from kiosk.flow.phone_effects import TakeToPhone
from kiosk.flow.phone_events import PhoneWanted
from kiosk.saga.report import OnPhone, Paying, Seeking, Undone
from tests.kiosk.flow.walker import NUMBER, SID
from tests.support.people import HANDED, PHONABLE

BILL = PHONABLE
WAITS = replace(PHONABLE, handed=HANDED)
WANTED = PhoneWanted()
TAKEN = TakeToPhone
THERE = OnPhone(SID, NUMBER, HANDED, PHONABLE.batch_no)
TOLD = (THERE, Paying(SID), Seeking(SID, NUMBER, FaultCode.PHONE_UNKNOWN), Undone(SID, NUMBER, FaultCode.PHONE_REFUSED))
PAID = Undone(SID, NUMBER, FaultCode.PHONE_PAID)
