"""Whatever a front may answer, for all that it can answer: never a defect, and what is believed adds up."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.settlement import Quote, Settlement, broken_identities
from kiosk.faults import FaultCode
from kiosk.ports.answers import Refused, Unknown
from kiosk.ports.settlement import Accepted, PersonFound, PersonMissing, SettledWrong, Standing
from settlement.access import Access
from settlement.his.exchange import Exchange
from settlement.his.front import InsuranceFront
from settlement.his.letters import Letters
from settlement.msgid import MsgIds
from settlement.transport import Line, Sent, Waits
from settlement.wire.codec import decode, encode
from tests.settlement.direct.scripted import account_detail, person, setlinfo
from tests.settlement.sample_bill import REQUEST
from tests.support.parties import CARD, PERSON, PROFILE, Ear, HandClock, party_host

_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
_AMOUNTS = sorted(setlinfo())
_FEN = st.integers(-(10**6), 10**8).map(lambda fen: f"{fen // 100}.{fen % 100:02d}")


class _Parrot(Line):
    """Answers each message with what it was taught, under the message's own key unless that was taught too."""

    def __init__(self, lesson: dict[str, Any]) -> None:
        nowhere = Path("/nonexistent")
        access = Access(url="https://127.0.0.1:1", ca=nowhere, cert=nowhere, key=nowhere)
        super().__init__(access, FaultCode.PLATFORM_UNREACHABLE, logging.getLogger("kiosk.party"))
        self._lesson = lesson

    def post(self, path: str, body: bytes, waits: Waits, label: str, headers: Mapping[str, str] | None = None) -> Sent:
        return Sent(encode({"key": decode(body)["key"]} | self._lesson))


def _port(lesson: dict[str, Any]) -> InsuranceFront:
    clock, ear = HandClock(), Ear()
    host = party_host(clock, ear)
    letters = Letters(host, MsgIds(host.fixmedins_code, 7, None, clock, ear.msgids.append), "007")
    return InsuranceFront(Exchange(_Parrot(lesson), host), letters, host)


def _quote() -> Quote:
    port = _port({"answer": {"setlinfo": setlinfo(), "setldetail": [account_detail()]}})
    quote = port.quote(port.prepare_quote(REQUEST))
    assert isinstance(quote, Quote)
    return quote


_QUOTED = _quote()


@given(st.dictionaries(st.sampled_from(("key", "answered_at", "answer", "refused")), _ANYTHING))
def test_any_reply_is_one_of_the_answers_of_the_port(lesson: dict[str, Any]) -> None:
    port = _port(lesson)
    psn_no = PERSON.psn_no
    assert isinstance(port.sign_in(), Refused | Unknown | Accepted)
    assert isinstance(port.find_person(CARD), PersonMissing | Unknown)
    assert isinstance(port.quote(port.prepare_quote(REQUEST)), SettledWrong | Refused | Unknown)
    assert isinstance(port.settle(port.prepare_settle(REQUEST, _QUOTED)), SettledWrong | Refused | Unknown)
    undoing = port.prepare_reverse(psn_no, "his.H0000000000120261122093000900", "2207A", insuplc_admdvs="000000")
    assert isinstance(port.accept(undoing), Refused | Unknown)
    asking = port.prepare_query(psn_no, "M1", "S0001", insuplc_admdvs="000000")
    assert isinstance(port.standing(asking), Refused | Unknown | Standing)


@given(st.dictionaries(st.sampled_from(_AMOUNTS), _FEN | _ANYTHING, max_size=4))
def test_a_settlement_that_is_believed_adds_up(changes: dict[str, Any]) -> None:
    told = setlinfo(**({"setl_id": "S0001", "psn_no": PERSON.psn_no.reveal()} | changes))
    port = _port({"answer": {"setlinfo": told, "setldetail": [account_detail()]}})
    answer = port.settle(port.prepare_settle(REQUEST, _QUOTED))
    assert isinstance(answer, Settlement | SettledWrong | Unknown)
    if isinstance(answer, Settlement):
        assert broken_identities(answer.amounts, answer.details, PROFILE) == ()
        assert answer.amounts.medfee_sumamt == REQUEST.batch.total


@given(_ANYTHING, st.sampled_from(("baseinfo", "insuinfo", "idetinfo")))
def test_any_person_is_found_or_not(part: object, name: str) -> None:
    port = _port({"answer": person() | {name: part}})
    assert isinstance(port.find_person(CARD), PersonFound | PersonMissing | Unknown)
