"""The slip of an application: what became of it, the number, the last day, and the code with which a window goes on."""

from __future__ import annotations

from kiosk.domain.pages import Ending
from kiosk.domain.paper import Align, PaperShape, Slip
from kiosk.messages import Texts
from kiosk.ports.documents import CaseSlip, Site
from printing.composer import Composer
from printing.receipt import heading, where_and_when


def case_slip(case: CaseSlip, site: Site, shape: PaperShape, texts: Texts) -> Slip:
    """Nobody is named on it: the number and the code mean something to the office alone."""
    page, lang = case.page, texts.lang
    paper = Composer(shape, texts.say("slip.footnote"))
    heading(paper, "slip.case.heading", site, texts)
    paper.rule(heavy=True)
    paper.text(page.head.service.of(lang), bold=True)
    paper.text(page.title.of(lang), bold=True, scale=2)
    paper.text(page.text.of(lang))
    paper.rule()
    paper.pair(texts.say("slip.case.number"), case.number, bold=True)
    for point in page.points:
        paper.pair(point.label.of(lang), point.text.of(lang))
    if case.handover:
        paper.gap()
        paper.qr(case.handover)
        paper.text(texts.say("slip.case.handover"), align=Align.CENTRE)
        paper.text(site.service_window or texts.say("slip.case.window"), bold=True, align=Align.CENTRE)
    if page.ending is Ending.UNKNOWN:
        paper.text(texts.say("slip.case.unknown"), bold=True)
    paper.rule()
    paper.text(texts.say("slip.case.hotlines"))
    where_and_when(paper, site, case.printed_at, texts)
    return paper.slip()
