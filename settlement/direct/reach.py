"""Whether a message concerns somebody insured elsewhere: its answer then comes from another pool's platform."""

from __future__ import annotations

from kiosk.domain.policy import Reach, SettlementProfile

_NEAR = {Reach.LOCAL, Reach.SAME_POOL}


def insured_away(profile: SettlementProfile, insuplc_admdvs: str | None) -> bool:
    """An area that the table does not know may be far: its answer is waited for longer. No area named is local."""
    return insuplc_admdvs is not None and profile.reach_of(insuplc_admdvs) not in _NEAR
