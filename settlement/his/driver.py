"""`his` of `kiosk.settlements`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from kiosk.faults import FaultCode
from kiosk.ports.driver import Driver, Host
from kiosk.ports.settlement import SettlementPort
from settlement.access import Access, party_host
from settlement.his.exchange import Exchange
from settlement.his.front import InsuranceFront
from settlement.his.letters import Letters
from settlement.msgid import MsgIds
from settlement.transport import Line


class HisSettings(Access):
    """Where the hospital's insurance front is, and under which cashier it counts this terminal."""

    cashier: Annotated[str, StringConstraints(min_length=1, max_length=30)] | None = Field(
        None, description="HIS 中本机的虚拟收费员工号；不写则用终端号"
    )


def make(settings: HisSettings, host: Host) -> SettlementPort:
    """The front behind `settings.url`; connects when it is first asked something.

    Raises:
        TypeError: the host knows nothing of far parties.
        ValueError: code, terminal number or last msgid cannot make keys.
    """
    party = party_host(host, settings)
    line = Line(settings, FaultCode.PLATFORM_UNREACHABLE, party.log)
    msgids = MsgIds(party.fixmedins_code, int(party.terminal), party.last_msgid, party.clock, party.remember_msgid)
    letters = Letters(party, msgids, settings.cashier or party.terminal)
    return InsuranceFront(Exchange(line, party), letters, party)


DRIVER: Driver[SettlementPort] = Driver(settings=HisSettings, simulated=False, make=make)
