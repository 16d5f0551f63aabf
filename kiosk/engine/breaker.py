"""Stops new settlements while the platform loses too many: a sick platform is not to be answered by a storm of 2601."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from kiosk.domain.policy import Limits
from kiosk.faults import FaultCode
from kiosk.saga.facts import ActKind, Answered, Fact, Verdict


class Breaker:
    """Counts lost settlements; times are monotonic seconds. Used by one thread."""

    def __init__(self, limits: Limits, faulted: Callable[[FaultCode, bool], None]) -> None:
        self._limits, self._faulted = limits, faulted
        self._losses: deque[float] = deque()
        self._open_until: float | None = None

    @property
    def paused(self) -> bool:
        return self._open_until is not None

    def count(self, fact: Fact, now: float) -> None:
        """Pause when `pause_after` settlements were lost within `pause_within` seconds."""
        if not _lost(fact):
            return
        self._losses.append(now)
        while now - self._losses[0] > self._limits.pause_within:
            self._losses.popleft()
        if len(self._losses) >= self._limits.pause_after:
            self._open_until = now + self._limits.pause_for
            self._faulted(FaultCode.SETTLING_PAUSED, True)

    def tick(self, now: float) -> None:
        """Settle again when the pause is over."""
        if self._open_until is not None and now >= self._open_until:
            self._open_until = None
            self._faulted(FaultCode.SETTLING_PAUSED, False)


def _lost(fact: Fact) -> bool:
    return isinstance(fact, Answered) and fact.act is ActKind.SETTLE and fact.verdict is Verdict.UNKNOWN
