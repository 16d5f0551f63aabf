"""`direct` of `kiosk.settlements`."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from kiosk.faults import FaultCode
from kiosk.ports.driver import Driver, Host, PartyHost
from kiosk.ports.settlement import SettlementPort
from settlement.access import Access
from settlement.direct.envelope import Envelopes
from settlement.direct.gateway import Gateway
from settlement.direct.platform import Platform
from settlement.direct.signing import SignIns, own_mac
from settlement.msgid import MsgIds
from settlement.transport import Line
from settlement.wire.people import SignIn


class DirectSettings(Access):
    """`ip` and `mac` are what 9001 tells about this terminal; without `mac` the machine's own is told."""

    ip: Annotated[str, StringConstraints(min_length=1, max_length=20)] = "127.0.0.1"
    mac: Annotated[str, StringConstraints(min_length=1, max_length=20)] | None = None


def make(settings: DirectSettings, host: Host) -> SettlementPort:
    """The platform behind `settings.url`; connects when it is first asked something.

    Raises:
        TypeError: the host knows nothing of far parties.
        ValueError: code, terminal number, last msgid or the profile's paths cannot make messages.
    """
    if not isinstance(host, PartyHost):
        raise TypeError("a settlement adapter needs a PartyHost")
    line = Line(settings, FaultCode.PLATFORM_UNREACHABLE, host.log)
    msgids = MsgIds(host.fixmedins_code, int(host.terminal), host.last_msgid, host.clock, host.remember_msgid)
    gateway = Gateway(line, host)
    envelopes = Envelopes(host, msgids)
    station = SignIn(opter_no=host.terminal, mac=settings.mac or own_mac(), ip=settings.ip)
    sign_ins = SignIns(gateway, envelopes, host.clock, station)
    return Platform(line, gateway, envelopes, sign_ins, host)


DRIVER: Driver[SettlementPort] = Driver(settings=DirectSettings, simulated=False, make=make)
