"""The official 医保结算单: where the site wants it, it comes with the papers of a visit and again with a reprint.

Nothing of a visit depends on it. In place of our own statement it is printed only once it is there: whoever cannot have
the one gets the other. It tells all there is of a settlement, and nothing on it can be left out for whoever sees less.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.agent import Sight
from kiosk.domain.insured import Insurance, Person
from kiosk.domain.settlement import Settlement
from kiosk.flow.effects import PrintStatement
from kiosk.flow.rules import Official, Whose
from kiosk.flow.sheets import OfficialWasPrinted, PrintOfficial
from kiosk.flow.states import NextSteps, Paid
from kiosk.flow.ticket import Ticket
from kiosk.flow.turn import Turn
from kiosk.ports.official import SheetAsked
from kiosk.ports.page_printer import PagePrinted


def wanted(turn: Turn, person: Person) -> bool:
    """Whether the site has it printed, and whoever stands here for somebody else may see all of what it tells."""
    rules, for_another = turn.state.rules, turn.state.whose is Whose.RELATIVE or person.agent is not None
    return rules.official is not Official.NONE and (not for_another or rules.agent_sees >= set(Sight))


def ask(
    turn: Turn, person: Person, insurance: Insurance, settled: Settlement | None, name: str
) -> tuple[Turn, Ticket | None]:
    """No ticket where it is not wanted, or nothing was settled."""
    if settled is None or not wanted(turn, person):
        return turn, None
    turn, ticket = turn.draw()
    asked = SheetAsked(person.psn_no, settled.setl_id, insurance.insuplc_admdvs)
    return turn.ask(PrintOfficial(ticket, asked, name)), ticket


def stands_in(turn: Turn, official: Ticket | None) -> bool:
    """Whether our own statement waits for what becomes of the official one."""
    return official is not None and turn.state.rules.official is Official.INSTEAD


def printed(turn: Turn, screen: NextSteps, event: OfficialWasPrinted) -> Turn:
    paid: list[Paid] = []
    for one in screen.paid:
        if one.official == event.ticket:
            turn, bill = _noted(turn, one, event)
            paid.append(bill)
        else:
            paid.append(one)
    return turn.show(replace(screen, paid=tuple(paid)))


def _noted(turn: Turn, one: Paid, event: OfficialWasPrinted) -> tuple[Turn, Paid]:
    """Ours comes after all where the official one did not."""
    one = replace(one, paper=replace(one.paper, official=event.result))
    if isinstance(event.result, PagePrinted) or one.statement is not None or not turn.state.rules.statement:
        return turn, one
    turn, statement = turn.draw()
    one = replace(one, statement=statement)
    return turn.ask(PrintStatement(statement, one)), one
