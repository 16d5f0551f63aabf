"""A voice, and somebody who listens."""

from __future__ import annotations

from functools import partial
from random import Random
from typing import Final

from devices.conformance.bench import Ability
from devices.conformance.kinds import Kind
from devices.conformance.speaker import SpeakerBench, SpeakerContract
from devices.conformance.stand import Stand
from devices.conformance.waiting import Call
from devices.sim.client import Hand
from kiosk.domain.speech import Output, Part, Sentence, Speech, Tone
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Clock
from kiosk.ports.speaker import Said, Speaker


class SpeakerStand(Stand):
    """A `SpeakerBench`; the bench file names another `sentence` by its message, where the voice does not know this."""

    part = "speaker"
    able = frozenset({Ability.UNPLUG, Ability.SILENCE})

    def __init__(self, hand: Hand, clock: Clock, *, sentence: str = "code.own") -> None:
        super().__init__(hand, clock)
        self.sentence = Sentence(sentence)

    def heard(self) -> tuple[str, ...]:
        return tuple(self.hand.sees(self.part, "heard"))

    def fall_silent(self) -> None:
        self.hand.ask(self.part, silent=True)

    def speak_again(self) -> None:
        self.hand.ask(self.part, silent=False)


def _session(bench: SpeakerBench, speaker: Speaker, random: Random, mishap: bool) -> None:
    """A sentence into the room or the headset; as a mishap the patient goes on and it is cut off."""
    output = random.choice(tuple(Output))
    parts: tuple[Part, ...] = (Tone.LOOKING,) if mishap else (bench.sentence,)
    call: Call[Said] = Call(partial(_say, speaker, Speech("zh", parts, output)))
    if mishap:
        Cancel().sleep(0.1)
        assert call.cancelled() is Said.CUT_OFF
    else:
        assert call.result() is Said.WHOLE


def _say(speaker: Speaker, speech: Speech, cancel: Cancel) -> Said:
    return speaker.say(speech, cancel)


KIND: Final = Kind(contract=SpeakerContract, device="speaker", stand=SpeakerStand, session=_session)
