"""Values of pages: words by language, and what was entered stays hidden."""

from kiosk.domain.pages import SILENT, Entry, Field, Words
from kiosk.domain.personal import Typed


def test_a_sentence_is_said_in_the_language_it_has_and_in_chinese_else() -> None:
    words = Words("告诉我们", (("en", "Tell us"),))
    assert words.of("en") == "Tell us"
    assert words.of("zh") == words.of("ug") == "告诉我们"


def test_no_words_are_false_and_empty_in_every_language() -> None:
    assert not SILENT
    assert SILENT.of("en") == ""
    assert Words("有")


def test_a_field_does_not_tell_what_was_entered() -> None:
    field = Field("certno", Words("身份证号"), Entry.IDENTITY, value=Typed("111111198101011110"))
    assert "111111198101011110" not in repr(field)
    assert "111***********1110" in repr(field)
