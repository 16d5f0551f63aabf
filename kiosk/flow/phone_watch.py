"""Has the phone paid it? Asked while its patient still stands here, and only what a query tells: no money moves.

Nothing depends on an answer. A hospital that is silent is asked again later and less often, the slip says where the
bill is, and whoever has left comes back for the papers.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.insured import Person
from kiosk.flow import reprint
from kiosk.flow.effects import FindPaid
from kiosk.flow.paid_events import PaidWereSought
from kiosk.flow.phone_states import AtPhone
from kiosk.flow.rules import Door
from kiosk.flow.ticket import Ticket
from kiosk.flow.turn import Turn
from kiosk.ports.hospital import PaidBills

_UNANSWERED = 4
"""So many times the usual pause after a question that was not answered."""


def begin(turn: Turn, person: Person) -> tuple[Turn, Ticket | None]:
    """Where papers of paid bills are to be had; each question of a relative's would be written down as theirs."""
    rules = turn.state.rules
    if not rules.phone_watch or Door.RECEIPTS not in rules.doors or person.agent is not None:
        return turn, None
    return turn.alarm(rules.phone_watch)


def ask(turn: Turn, screen: AtPhone) -> Turn:
    turn, asked = turn.draw()
    return turn.ask(FindPaid(asked, screen.bill.person)).show(replace(screen, watch=asked))


def heard(turn: Turn, screen: AtPhone, event: PaidWereSought) -> Turn:
    """Its papers, or the next question."""
    answered, number = isinstance(event.answer, PaidBills), screen.bill.batch.batch_no
    bills = event.answer.bills if isinstance(event.answer, PaidBills) else ()
    paid = next((one for one in bills if one.batch.batch_no == number), None)
    if paid is not None:
        return reprint.print_first(turn, screen.bill.person, paid, screen.others)
    turn, watch = turn.alarm(turn.state.rules.phone_watch * (1 if answered else _UNANSWERED))
    return turn.show(replace(screen, watch=watch))
