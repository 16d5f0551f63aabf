"""A stay's days on paper: what was charged on each, and from the admission on, as the hospital adds it up."""

from __future__ import annotations

from datetime import date

from kiosk.domain import money
from kiosk.domain.paper import PaperShape, Slip
from kiosk.domain.visit import FeeBatch
from kiosk.messages import Texts
from kiosk.ports.documents import DayList, Site
from printing.composer import Composer

_MOST = 31
"""Days that a roll of paper still tells one by one; of a longer stay the list is A4's, or the window's."""


def date_of(day: date, texts: Texts) -> str:
    """`11月17日 星期二`: whoever sat at the bed remembers the weekday."""
    month, weekday = texts.say(f"when.month.{day.month}"), texts.say(f"when.weekday.{day.isoweekday()}")
    return texts.say("when.day", month=month, day=str(day.day), weekday=weekday)


def days(paper: Composer, batch: FeeBatch, texts: Texts) -> None:
    """The sum of each day, and no lines of it: a receipt lies about, and has no room."""
    stay = batch.stay
    if stay is None or not (stay.days or stay.days_wrong):
        return
    paper.rule()
    paper.text(texts.say("slip.days.title"), bold=True)
    if stay.days_wrong:
        paper.text(texts.say("slip.days.wrong"))
        return
    if len(stay.days) > _MOST:
        paper.text(texts.say("slip.days.many", count=str(len(stay.days))))
        return
    for one in stay.days:
        paper.pair(date_of(one.day, texts), money.text(one.total, texts.lang))
    paper.pair(texts.say("slip.days.sum", count=str(len(stay.days))), money.text(stay.days[-1].so_far, texts.lang))


def day_slip(told: DayList, site: Site, shape: PaperShape, texts: Texts) -> Slip:
    """The day list by itself, for whoever is still in hospital. The name is masked, as on every slip."""
    from printing.receipt import heading, where_and_when  # which has the days of a discharge from here

    stay = told.batch.stay
    paper = Composer(shape, texts.say("slip.footnote"))
    heading(paper, "slip.days.heading", site, texts)
    paper.rule()
    paper.pair(texts.say("slip.name"), told.name.masked())
    if stay is not None:
        paper.pair(texts.say("slip.stay.ward"), " ".join(part for part in (stay.ward, stay.bed) if part))
    paper.pair(texts.say("slip.stay.visit"), told.batch.visit_no)
    days(paper, told.batch, texts)
    paper.text(texts.say("slip.days.unsettled"), bold=True)
    paper.rule()
    where_and_when(paper, site, told.printed_at, texts)
    paper.text(texts.say("slip.deposit.no_voucher"), bold=True)
    return paper.slip()
