"""Slips of the insurance office's services: what became of an application, and what a guide tells.

The first bears the number, the last day, and the code with which a window goes on; the second is read at home.
"""

from __future__ import annotations

from kiosk.domain.filing import Certificate
from kiosk.domain.pages import Ending
from kiosk.domain.paper import Align, PaperShape, Slip
from kiosk.messages import Texts
from kiosk.ports.documents import CaseSlip, GuideSlip, Site
from printing import names
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
    if case.number:  # what was not handed in has none
        ours = page.ending is Ending.UNKNOWN  # nobody has said yet that it arrived
        paper.pair(texts.say("slip.number" if ours else "slip.case.number"), case.number, bold=True)
    for point in page.points:
        paper.pair(point.label.of(lang), point.text.of(lang))
    for line in page.printed:
        paper.text(line)
    if case.handover:
        paper.gap()
        paper.qr(case.handover)
        paper.text(texts.say("slip.case.handover"), align=Align.CENTRE)
        paper.text(site.service_window or texts.say("slip.case.window"), bold=True, align=Align.CENTRE)
    if page.link is not None:
        paper.gap()
        paper.qr(page.link.address)
        paper.text(page.link.words.of(lang), align=Align.CENTRE)
    if page.ending is Ending.UNKNOWN:
        paper.text(texts.say("slip.case.unknown"), bold=True)
    paper.rule()
    where_and_when(paper, site, case.printed_at, texts)
    if case.certificate is not None:
        paper.part()
        _certificate(paper, case.certificate, site, texts)
        paper.rule()
        where_and_when(paper, site, case.printed_at, texts)
    return paper.slip()


def _certificate(paper: Composer, told: Certificate, site: Site, texts: Texts) -> None:
    """参保凭证, a slip of its own: it goes to another office, and nothing of the application concerns that one."""
    paper.text(texts.say("slip.case.certificate"), bold=True, scale=2)
    if site.simulated:
        paper.text(texts.say("slip.simulated"), bold=True, scale=2, align=Align.CENTRE)
    paper.rule(heavy=True)
    paper.pair(texts.say("slip.case.certificate_number"), told.number, bold=True)
    paper.pair(texts.say("slip.case.certificate_holder"), told.holder)
    paper.pair(texts.say("slip.case.certificate_issued"), told.issued.isoformat())
    for row in told.times:
        paper.rule()
        paper.text(names.insurance(row.insutype, texts), bold=True)
        until = row.until.isoformat() if row.until else texts.say("slip.case.certificate_now")
        since, months = row.since.isoformat(), str(row.months)
        paper.text(texts.say("slip.case.certificate_time", place=row.place, since=since, until=until, months=months))
    paper.gap()
    paper.qr(told.code)
    paper.text(texts.say("slip.case.certificate_code"), align=Align.CENTRE)


def guide_slip(guide: GuideSlip, site: Site, shape: PaperShape, texts: Texts) -> Slip:
    """一次告知 on paper: each point under its name, the paper it rests on, and whom to ask."""
    page, lang = guide.page, texts.lang
    paper = Composer(shape, texts.say("slip.footnote"))
    heading(paper, "slip.guide.heading", site, texts)
    paper.rule(heavy=True)
    paper.text(page.title.of(lang), bold=True, scale=2)
    paper.text(page.lead.of(lang))
    for point in page.points:
        paper.rule()
        paper.text(point.label.of(lang), bold=True)
        paper.text(point.text.of(lang))
    if page.link is not None:
        paper.gap()
        paper.qr(page.link.address)
        paper.text(page.link.words.of(lang), align=Align.CENTRE)
    paper.rule(heavy=True)
    if page.source is not None:
        dated = texts.say("slip.guide.dated", day=page.source.dated) if page.source.dated else ""
        paper.text(texts.say("slip.guide.source", paper=page.source.paper.of(lang)) + dated)
    paper.text(site.service_window or texts.say("slip.case.window"), bold=True)
    paper.rule()
    where_and_when(paper, site, guide.printed_at, texts)
    return paper.slip()
