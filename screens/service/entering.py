"""What a pad of keys makes of a field: which keys it has, what may follow, how the text is grouped for the eye."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.pages import Entry, Field

_EXTRA = {Entry.IDENTITY: "X", Entry.AMOUNT: "."}
_GROUPS = {Entry.IDENTITY: (6, 8, 4), Entry.DATE: (4, 2, 2)}
_DATE, _RESIDENT, _MOBILE = 8, 18, 11


@dataclass(frozen=True, slots=True)
class Entering:
    """A field and what has been typed into it so far. Pure: the same keys give the same text."""

    field: Field
    text: str = ""

    @classmethod
    def begun(cls, field: Field) -> Entering:
        """With what is known already, as the pad would have typed it: a day has no strokes."""
        known = field.value.reveal() if field.value else ""
        return cls(field, known.replace("-", "") if field.entry is Entry.DATE else known)

    @property
    def extra(self) -> str:
        """The key beside the nought; empty where there is none."""
        return _EXTRA.get(self.field.entry, "")

    @property
    def most(self) -> int:
        return _DATE if self.field.entry is Entry.DATE else self.field.most

    @property
    def complete(self) -> bool:
        """Long enough to be handed on; whether it is right is for the flow to say."""
        least = _DATE if self.field.entry is Entry.DATE else self.field.least
        return least <= len(self.text) <= self.most and not self.text.endswith(".")

    def press(self, key: str) -> Entering:
        """One more character, unless it cannot stand there."""
        return Entering(self.field, self.text + key) if self._may_follow(key) else self

    def erase(self) -> Entering:
        return Entering(self.field, self.text[:-1])

    def _may_follow(self, key: str) -> bool:
        if len(self.text) >= self.most:
            return False
        match self.field.entry, key:
            case Entry.IDENTITY, "X":
                return len(self.text) == _RESIDENT - 1  # GB 11643: the check character, and nowhere else
            case Entry.AMOUNT, ".":
                return self.text != "" and "." not in self.text
            case Entry.AMOUNT, _:
                return key.isdecimal() and len(self.text.partition(".")[2]) < 2 and self.text != "0"
            case _:
                return key.isdecimal()

    def grouped(self) -> str:
        """As people read it aloud: 6-8-4 of an ID number, 3-4-4 of a mobile number, year, month and day."""
        groups = _GROUPS.get(self.field.entry, (3, 4, 4) if self.field.most == _MOBILE else ())
        parts, rest = list[str](), self.text
        for length in groups:
            parts.append(rest[:length])
            rest = rest[length:]
        return " ".join(part for part in (*parts, rest) if part)
