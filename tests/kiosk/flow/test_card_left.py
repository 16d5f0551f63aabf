"""A card that is left in the slot is spoken of and shown until somebody takes it out."""

from kiosk.domain.speech import Sentence
from kiosk.flow.effects import Say
from kiosk.flow.events import Left
from kiosk.flow.states import Farewell, Home
from tests.kiosk.flow.walker import Walker


def test_whoever_leaves_their_card_hears_of_it_until_it_is_out() -> None:
    """Also who never wanted to be spoken to."""
    walker = Walker().to_next_steps().send(Left())
    for _ in range(3):
        assert walker.at(Farewell).card_in
        assert walker.asked(Say).speech.parts == (Sentence("farewell.take_card"),)
        walker.wake()
    walker.take_card()
    assert not walker.at(Farewell).card_in
    assert walker.asked_not(Say)
    walker.wake().at(Home)


def test_whoever_took_their_card_is_spoken_to_no_more_than_before() -> None:
    walker = Walker().to_next_steps().take_card().send(Left())
    walker.at(Farewell)
    assert not any(isinstance(effect, Say) for effect in walker.done)
