"""9001 and 9002: one sign_no a terminal and calendar day, fetched once however many threads want it, given back when
the kiosk stops.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date

from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.clock import Clock
from kiosk.ports.settlement import Accepted
from settlement.direct.envelope import Envelopes
from settlement.direct.gateway import Gateway, Output
from settlement.wire.codec import BrokenMessage, read
from settlement.wire.people import SignIn, SignInInput, SignInOutput, SignOut, SignOutInput


class SignIns:
    """The day's sign-in. `number` is what envelopes carry, None before the first; `station` is asked at each."""

    def __init__(self, gateway: Gateway, envelopes: Envelopes, clock: Clock, station: Callable[[], SignIn]) -> None:
        self._gateway, self._envelopes, self._clock, self._station = gateway, envelopes, clock, station
        self._fetching = threading.Lock()
        self._number: str | None = None
        self._day: date | None = None

    @property
    def number(self) -> str | None:
        return self._number

    @property
    def due(self) -> bool:
        return self._day != self._clock.now().date()

    def forget(self) -> None:
        """The platform does not know the number any more."""
        self._day = None

    def sign_in(self) -> Accepted | NotSent | Refused | Unknown:
        """Sign in if it is due."""
        with self._fetching:
            return self._fetch() if self.due else Accepted()

    def sign_out(self) -> Accepted | NotSent | Refused | Unknown:
        """Give the number back; yesterday's ended with its day, and a gateway without a way for 9002 keeps it."""
        with self._fetching:
            number, self._number = self._number, None
            if number is None or self.due or not self._gateway.reaches("9002"):
                return Accepted()
            self._day = None
            said = SignOut(sign_no=number, opter_no=self._station().opter_no)
            answer = self._gateway.send(self._envelopes.wrap("9002", SignOutInput(signOut=said), number))
            return Accepted() if isinstance(answer, Output) else answer

    def _fetch(self) -> Accepted | NotSent | Refused | Unknown:
        today = self._clock.now().date()
        answer = self._gateway.send(self._envelopes.wrap("9001", SignInInput(signIn=self._station()), None))
        if not isinstance(answer, Output):
            return answer
        try:
            signed = read(SignInOutput, answer.fields).signinoutb
        except BrokenMessage as broken:
            return Unknown(FaultCode.REPLY_BROKEN, str(broken))
        self._number, self._day = signed.sign_no, today
        return Accepted()
