"""Whoever hears the last page is told of its slip what whoever sees it reads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.domain.speech import Sentence
from kiosk.faults import FaultCode
from kiosk.flow.phone_states import AtPhone
from kiosk.flow.speech import prompt
from kiosk.flow.states import AtWindow
from kiosk.ports.receipt_printer import SlipNotPrinted, SlipPrinted, SlipResult, SlipUnknown
from tests.support import states

LAST = {
    kind: next(
        one
        for one in states.samples().values()
        if isinstance(one.screen, kind) and not getattr(one.screen, "newborn", False)
    )
    for kind in (AtWindow, AtPhone)
}


@pytest.mark.parametrize(("page", "missing"), [(AtWindow, "window.missing"), (AtPhone, "phone.no_slip")])
@pytest.mark.parametrize(
    ("printed", "said"),
    [
        (None, "window.coming"),
        (SlipPrinted(), "window.taken"),
        (SlipUnknown(FaultCode.PRINTER_JAMMED), "window.taken"),
        (SlipNotPrinted(FaultCode.PAPER_OUT, started=False), ""),
    ],
    ids=["coming", "there", "perhaps there", "not there"],
)
def test_the_voice_says_of_the_slip_what_the_page_says(
    page: type[AtWindow | AtPhone], missing: str, printed: SlipResult | None, said: str
) -> None:
    kiosk = LAST[page]
    assert isinstance(kiosk.screen, AtWindow | AtPhone)
    told = prompt(replace(kiosk, screen=replace(kiosk.screen, printed=printed)))
    assert Sentence(said or missing) in told
    assert not {Sentence(one) for one in ("window.coming", "window.taken", missing) if one != (said or missing)} & {
        *told
    }
