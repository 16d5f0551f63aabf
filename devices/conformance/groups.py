"""The twelve groups in which the kit reports, and the marks that put a test into one."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

import pytest


class Group(IntEnum):
    """Numbered as in docs/drivers.md. `OWN` holds what a kind of device promises that has no group of its own."""

    OWN = 0
    DISCOVERY = 1
    LIFECYCLE = 2
    DEADLINES = 3
    FRAMING = 4
    CARD = 5
    ID_CARD = 6
    SCANNER = 7
    PRINTER = 8
    HEALTH = 9
    PRIVACY = 10
    SOAK = 11
    CLAIMS = 12


TITLES: Final = {
    Group.OWN: "本类设备 Its own",
    Group.DISCOVERY: "发现 Discovery",
    Group.LIFECYCLE: "开关 Lifecycle",
    Group.DEADLINES: "时限 Deadlines",
    Group.FRAMING: "成帧 Framing",
    Group.CARD: "社保卡 Card",
    Group.ID_CARD: "身份证 ID card",
    Group.SCANNER: "扫码 Scanner",
    Group.PRINTER: "打印 Printer",
    Group.HEALTH: "健康 Health",
    Group.PRIVACY: "隔离与隐私 Privacy",
    Group.SOAK: "长跑 Soak",
    Group.CLAIMS: "声明 Claims",
}

discovery = pytest.mark.kit_group(Group.DISCOVERY)
lifecycle = pytest.mark.kit_group(Group.LIFECYCLE)
deadlines = pytest.mark.kit_group(Group.DEADLINES)
framing = pytest.mark.kit_group(Group.FRAMING)
health = pytest.mark.kit_group(Group.HEALTH)
privacy = pytest.mark.kit_group(Group.PRIVACY)
soak = pytest.mark.kit_group(Group.SOAK)

claims = pytest.mark.kit_claims
"""`@claims("near_end")`: the test proves that capability. It runs where the bench file claims it and is listed as not
claimed elsewhere.
"""
