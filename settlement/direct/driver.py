"""`direct` of `kiosk.settlements`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from kiosk.faults import FaultCode
from kiosk.ports.driver import Driver, Host
from kiosk.ports.settlement import SettlementPort
from settlement.access import Access, party_host
from settlement.direct.asking import Asking
from settlement.direct.envelope import Envelopes
from settlement.direct.gateway import Gateway
from settlement.direct.platform import Platform
from settlement.direct.preparing import Preparing
from settlement.direct.sign_in import SignIns
from settlement.direct.station import own_ip, own_mac
from settlement.msgid import MsgIds
from settlement.signing.styles import SiteNames, style_maker
from settlement.transport import Line
from settlement.wire.people import SignIn

_Short = Annotated[str, StringConstraints(min_length=1, max_length=20)]
_InHeader = Annotated[str, StringConstraints(pattern=r"^[!-~]{1,128}$")]


class DirectSettings(Access):
    """What 9001 tells about this terminal stands here; without it the machine is asked.

    Secrets stand in files of their own, never here: `kiosk check-config` prints the settings.
    """

    ip: _Short | None = Field(None, description="签到时上报的本机 IP；不写则取连接医保前置所用的地址")
    mac: _Short | None = Field(None, description="签到时上报的本机 MAC；不写则取第一块网卡的")
    account: _InHeader | None = Field(
        None, description="网关给本机构的账号：tif 的 paasid、csb 的 access key、sealed 的 appId；x_ca 不写则用机构编号"
    )
    secret: Path | None = Field(
        None,
        description="网关密钥文件，只有一行：tif 的 token、csb 和 x_ca 的密钥、apikey、sealed 的 appSecret；他人不可读",
    )
    sm2_key: Path | None = Field(
        None, description="sealed：本机构的 SM2 密钥文件，第一行私钥，第二行公钥，十六进制或 Base64；他人不可读"
    )
    sm2_platform: Path | None = Field(None, description="sealed：平台的 SM2 公钥文件，只有一行，十六进制或 Base64")


def make(settings: DirectSettings, host: Host) -> SettlementPort:
    """The platform behind `settings.url`; connects when it is first asked something.

    Raises:
        TypeError: the host knows nothing of far parties.
        ValueError: code, terminal number or last msgid cannot make messages.
        DoesNotFit: the profile lacks paths, or a name or secret that its kind of signing needs is not set.
    """
    party = party_host(host, settings)
    line = Line(settings, FaultCode.PLATFORM_UNREACHABLE, party.log)
    msgids = MsgIds(party.fixmedins_code, int(party.terminal), party.last_msgid, party.clock, party.remember_msgid)
    site = SiteNames(party.fixmedins_code, settings.account, settings.secret, settings.sm2_key, settings.sm2_platform)
    gateway = Gateway(line, party, style_maker(party.profile, site, party.clock))
    envelopes = Envelopes(party, msgids)

    def station() -> SignIn:
        return SignIn(opter_no=party.terminal, mac=settings.mac or own_mac(), ip=settings.ip or own_ip(settings.url))

    sign_ins = SignIns(gateway, envelopes, party.clock, station)
    preparing = Preparing(envelopes, sign_ins, msgids, party)
    asking = Asking(gateway, preparing, sign_ins, party.profile)
    return Platform(line, sign_ins, preparing, asking, party)


DRIVER: Driver[SettlementPort] = Driver(settings=DirectSettings, simulated=False, make=make)
