"""`direct` of `kiosk.settlements`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from kiosk.faults import FaultCode
from kiosk.ports.driver import Driver, Host, PartyHost
from kiosk.ports.settlement import SettlementPort
from settlement.access import Access
from settlement.direct.asking import Asking
from settlement.direct.envelope import Envelopes
from settlement.direct.gateway import Gateway
from settlement.direct.platform import Platform
from settlement.direct.preparing import Preparing
from settlement.direct.signing import SignIns
from settlement.direct.station import own_ip, own_mac
from settlement.msgid import MsgIds
from settlement.transport import Line
from settlement.wire.people import SignIn

_Short = Annotated[str, StringConstraints(min_length=1, max_length=20)]


class DirectSettings(Access):
    """What 9001 tells about this terminal stands here; without it the machine is asked."""

    ip: _Short | None = Field(None, description="签到时上报的本机 IP；不写则取连接医保前置所用的地址")
    mac: _Short | None = Field(None, description="签到时上报的本机 MAC；不写则取第一块网卡的")


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

    def station() -> SignIn:
        return SignIn(opter_no=host.terminal, mac=settings.mac or own_mac(), ip=settings.ip or own_ip(settings.url))

    sign_ins = SignIns(gateway, envelopes, host.clock, station)
    preparing = Preparing(envelopes, sign_ins, msgids, host)
    asking = Asking(gateway, preparing, sign_ins, host.profile)
    return Platform(line, sign_ins, preparing, asking, host)


DRIVER: Driver[SettlementPort] = Driver(settings=DirectSettings, simulated=False, make=make)
