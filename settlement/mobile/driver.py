"""`front` of `kiosk.mobile_centres`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pydantic import Field

from kiosk.domain.policy import Signing
from kiosk.faults import FaultCode
from kiosk.ports.driver import Driver, Host
from kiosk.ports.mobile import MobileCentre
from settlement.access import Access, party_host
from settlement.mobile.centre import Centre
from settlement.signing.styles import SiteNames, style_maker
from settlement.transport import Line


class MobileSettings(Access):
    """Where the centre is, and what it gave us; `org` is the institution's code unless the centre has another for it.

    The centre signs and encrypts whatever the platform's own gateway does.
    """

    app_id: str = Field(min_length=16, max_length=128, description="移动支付中心给本机构的 appId")
    secret: Path = Field(description="appSecret 文件，只有一行；他人不可读")
    sm2_key: Path = Field(description="本机构的 SM2 密钥文件，第一行私钥，第二行公钥；他人不可读")
    sm2_platform: Path = Field(description="中心的 SM2 公钥文件，只有一行")
    version: str = Field("1.0.0", max_length=20, description="接口版本")
    org: str = Field("", max_length=30, description="orgCodg；不写则用定点医药机构编号")
    fee_type: str = Field("01", max_length=6, description="feeType：门诊")


def make(settings: MobileSettings, host: Host) -> MobileCentre:
    """The centre behind `settings.url`; connects when it is first asked something.

    Raises:
        TypeError: the host knows nothing of far parties.
    """
    party = party_host(host, settings)
    site = SiteNames(party.fixmedins_code, settings.app_id, settings.secret, settings.sm2_key, settings.sm2_platform)
    sealed = replace(party.profile, signing=Signing.SEALED, sealed_version=settings.version)
    line = Line(settings, FaultCode.PLATFORM_UNREACHABLE, party.log)
    style = style_maker(sealed, site, party.clock)
    return Centre(line, party, style, settings.org or party.fixmedins_code, settings.fee_type)


DRIVER: Driver[MobileCentre] = Driver(settings=MobileSettings, simulated=False, make=make)
