"""The contract of voices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from devices.conformance.bench import Ability, Bench, Contract, need
from devices.conformance.groups import deadlines, discovery, health
from devices.conformance.timing import CANCEL_SECONDS, quickest
from devices.conformance.waiting import Call, until
from kiosk.domain.speech import Output, Part, Sentence, Speech, Tone
from kiosk.faults import FaultCode
from kiosk.ports.cancellation import Cancel
from kiosk.ports.speaker import Said, Speaker

UNHEARD_OF = Sentence("nobody.ever.recorded.this")


class SpeakerBench(Bench, Protocol):
    """`sentence` is one that the voice can say."""

    sentence: Sentence

    def heard(self) -> tuple[str, ...]:
        """Where something was heard since the test began, oldest first: `room`, `headset`, `room-` when it was cut
        off.
        """
        ...

    def fall_silent(self) -> None:
        """From now on the sound device takes sounds and never ends them."""
        ...

    def speak_again(self) -> None: ...


class SpeakerContract(Contract):
    """What the kiosk may rely on: it is told what became of each speech, and none outlasts its cancel."""

    def test_opening_and_closing_twice_is_allowed(self, speaker: Speaker) -> None:
        speaker.open()
        speaker.open()
        speaker.close()
        speaker.close()
        speaker.open()
        assert speaker.status().usable

    def test_a_speech_is_heard_to_its_end(self, bench: SpeakerBench, speaker: Speaker) -> None:
        speaker.open()
        assert self.said(speaker, bench.sentence) is Said.WHOLE
        assert self.said(speaker, Tone.READ) is Said.WHOLE
        assert bench.heard() == ("room", "room")
        assert speaker.status().usable

    def test_what_is_private_goes_to_the_headset_alone(self, bench: SpeakerBench, speaker: Speaker) -> None:
        speaker.open()
        assert self.said(speaker, bench.sentence, output=Output.HEADSET) is Said.WHOLE
        assert bench.heard() == ("headset",)

    def test_what_the_voice_does_not_know_is_left_out_and_told(self, bench: SpeakerBench, speaker: Speaker) -> None:
        speaker.open()
        assert self.said(speaker, bench.sentence, UNHEARD_OF) is Said.IN_PART
        assert self.said(speaker, UNHEARD_OF) is Said.NOT_HEARD
        assert bench.heard() == ("room",)

    @deadlines
    def test_a_speech_that_is_cancelled_ends_soon_and_the_next_is_whole(
        self, bench: SpeakerBench, speaker: Speaker, kit_note: Callable[[str, float], None]
    ) -> None:
        speaker.open()
        seconds = quickest(lambda: self._cut_off(bench, speaker), CANCEL_SECONDS)
        kit_note("say_cancel_ms", round(seconds * 1000))
        assert seconds <= CANCEL_SECONDS
        assert self.said(speaker, bench.sentence) is Said.WHOLE
        *cut, last = bench.heard()
        assert set(cut) <= {"room-"}
        assert last == "room"

    def _cut_off(self, bench: SpeakerBench, speaker: Speaker) -> float:
        """The sound of the scanner's window goes on for longer than anybody waits."""
        call = self.saying(speaker, Tone.LOOKING)
        Cancel().sleep(0.3)
        assert call.running
        began = bench.clock.monotonic()
        assert call.cancelled() is Said.CUT_OFF
        return bench.clock.monotonic() - began

    @deadlines
    def test_a_speech_that_was_cancelled_before_it_began_is_cut_off_at_once(self, speaker: Speaker) -> None:
        speaker.open()
        cancel = Cancel()
        cancel.cancel()
        assert Call(lambda _: speaker.say(_speech(Tone.LOOKING), cancel)).result() is Said.CUT_OFF

    @health
    def test_a_sound_device_that_hangs_holds_up_nobody_and_works_again(
        self, bench: SpeakerBench, speaker: Speaker
    ) -> None:
        need(bench, Ability.SILENCE)
        speaker.open()
        bench.fall_silent()
        assert self.said(speaker, bench.sentence) is Said.NOT_HEARD
        assert FaultCode.SPEECH_GONE in speaker.status().warnings
        bench.speak_again()
        assert self.said(speaker, bench.sentence) is Said.WHOLE
        assert speaker.status().usable

    @health
    def test_a_speaker_that_goes_in_the_middle_is_told_and_found_again(
        self, bench: SpeakerBench, speaker: Speaker
    ) -> None:
        need(bench, Ability.UNPLUG)
        speaker.open()
        call = self.saying(speaker, Tone.LOOKING)
        Cancel().sleep(0.3)
        bench.unplug()
        assert call.result() is Said.NOT_HEARD
        assert FaultCode.SPEECH_GONE in speaker.status().warnings
        bench.plug()
        until(lambda: speaker.status().usable)
        assert self.said(speaker, bench.sentence) is Said.WHOLE

    @discovery
    def test_a_speaker_may_come_after_the_kiosk(self, bench: SpeakerBench, speaker: Speaker) -> None:
        need(bench, Ability.UNPLUG)
        bench.unplug()
        speaker.open()
        assert self.said(speaker, bench.sentence) is Said.NOT_HEARD
        bench.plug()
        until(lambda: speaker.status().usable)
        assert self.said(speaker, bench.sentence) is Said.WHOLE

    def said(self, speaker: Speaker, *parts: Part, output: Output = Output.ROOM) -> Said:
        return self.saying(speaker, *parts, output=output).result()

    def saying(self, speaker: Speaker, *parts: Part, output: Output = Output.ROOM) -> Call[Said]:
        return Call(lambda cancel: speaker.say(_speech(*parts, output=output), cancel))


def _speech(*parts: Part, output: Output = Output.ROOM) -> Speech:
    return Speech("zh", parts, output)
