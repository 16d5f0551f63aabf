"""`front` of `kiosk.key_servers`: the key server of social security cards, reached through the hospital's front."""

from __future__ import annotations

from kiosk.domain.personal import CardProof
from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.driver import Driver, Host
from kiosk.ports.key_server import Failure, KeyServer, StepTwo
from settlement.access import Access, party_host
from settlement.face import Face
from settlement.transport import Line
from settlement.wire import card_keys as wire

_UNREACHABLE = FaultCode.KEY_SERVER_UNREACHABLE


class FrontKeys:
    """`KeyServer`. What is no reply counts as a server that is not there: no card is opened by a guess."""

    def __init__(self, face: Face, terminal: str) -> None:
        self._face, self._terminal = face, terminal

    def step_two(self, step_one: CardProof) -> StepTwo | Failure:
        wish = wire.AskStepTwo(step1=step_one.reveal(), terminal=self._terminal)
        told = self._face.ask(wire.STEP_TWO, wish, wire.StepTwoReply)
        match told:
            case wire.StepTwoReply(step2=str(proof)):
                return StepTwo(CardProof(proof))
            case wire.StepTwoReply(refused=str(reason)) if reason:
                return Refused(FaultCode.CARD_INCOMPLETE, reason)
            case wire.StepTwoReply():
                return Unknown(_UNREACHABLE, "neither step two nor a refusal")
            case NotSent():
                return told
            case Unknown(_, why):
                return Unknown(_UNREACHABLE, why)


def make(settings: Access, host: Host) -> KeyServer:
    """The key server behind `settings.url`; connects when it is first asked something."""
    party = party_host(host, settings)
    return FrontKeys(Face(Line(settings, _UNREACHABLE, party.log), party.profile.limits), party.terminal)


DRIVER: Driver[KeyServer] = Driver(settings=Access, simulated=False, make=make)
