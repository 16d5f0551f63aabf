"""`his` of `kiosk.settlements`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from kiosk.faults import FaultCode
from kiosk.ports.driver import Driver, Host, PartyHost
from kiosk.ports.settlement import SettlementPort
from settlement.access import Access
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
    if not isinstance(host, PartyHost):
        raise TypeError("a settlement adapter needs a PartyHost")
    line = Line(settings, FaultCode.PLATFORM_UNREACHABLE, host.log)
    msgids = MsgIds(host.fixmedins_code, int(host.terminal), host.last_msgid, host.clock, host.remember_msgid)
    letters = Letters(host, msgids, settings.cashier or host.terminal)
    return InsuranceFront(Exchange(line, host), letters, host)


DRIVER: Driver[SettlementPort] = Driver(settings=HisSettings, simulated=False, make=make)
