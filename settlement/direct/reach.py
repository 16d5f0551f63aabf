"""Whether a message concerns somebody insured elsewhere: its answer then comes from another pool's platform."""

from __future__ import annotations

from kiosk.domain.policy import SettlementProfile


def insured_away(profile: SettlementProfile, insuplc_admdvs: str | None) -> bool:
    """By the pack's table of pools; an area that is not in it is away. A message that names no area is local."""
    if insuplc_admdvs is None or insuplc_admdvs == profile.mdtrtarea_admvs:
        return False
    here = profile.pools.get(profile.mdtrtarea_admvs)
    return here is None or profile.pools.get(insuplc_admdvs) != here
