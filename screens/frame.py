"""What surrounds every page: hospital, place, clock, telephone, and the word 模拟 when anything is simulated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.flow.events import CoverChosen, Intent, LanguageChosen, LookChosen
from kiosk.flow.frontend import Stage
from kiosk.flow.rules import Look
from kiosk.flow.states import Kiosk
from kiosk.messages import DEFAULT
from screens import words
from screens.rows import Rows

QML_IMPORT_NAME = "Kiosk.Frame"
QML_IMPORT_MAJOR_VERSION = 1

_CONTRASTS = (Look.STANDARD, Look.CONTRAST_DARK, Look.CONTRAST_LIGHT)
_LOOK = 1000  # ms between looks at the wall clock; the text changes once a minute


@dataclass(frozen=True, slots=True)
class ToolRow:
    """A button at the foot of every page; `chosen` while what it does is in force."""

    name: str
    picture: str
    title: str
    chosen: bool = False


@QmlElement
class Frame(QObject):
    changed = Signal()
    ticked = Signal()

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._lang = ""
        self._look = Look.STANDARD
        self._uses: dict[str, Intent] = {}
        self._tools = Rows(ToolRow, self)
        self._covered = False
        self._simulated = stage.site.simulated
        self._time = self._day = ""
        self._timer = QTimer(self, interval=_LOOK)
        self._timer.timeout.connect(self._read_clock)
        self._timer.start()

    def show(self, kiosk: Kiosk) -> None:
        self._lang, self._look = kiosk.lang, kiosk.look
        self._covered = kiosk.covered
        self._simulated = kiosk.fixtures.simulated or self._stage.site.simulated
        self._tools.show(self._offer(kiosk))
        self._read_clock()
        self.changed.emit()

    def _offer(self, kiosk: Kiosk) -> list[ToolRow]:
        """The buttons that the language, the look and the cover now want, and what each of them says to the flow."""
        texts = self._stage.texts.of(kiosk.lang)
        elder = kiosk.look is Look.ELDER
        contrast = _CONTRASTS.index(kiosk.look) if kiosk.look in _CONTRASTS else 0
        self._uses = {
            "elder": LookChosen(Look.STANDARD if elder else Look.ELDER),
            "contrast": LookChosen(_CONTRASTS[(contrast + 1) % len(_CONTRASTS)]),
            "cover": CoverChosen(not kiosk.covered),
        }
        rows = [
            ToolRow("elder", "a-large-small", texts.say("tools.elder"), elder),
            ToolRow("contrast", "contrast", texts.say("tools.contrast"), bool(contrast)),
            ToolRow("cover", "eye" if kiosk.covered else "eye-off", texts.say(_cover(kiosk)), kiosk.covered),
        ]
        return [*rows, *self._other_languages(kiosk)]

    def _other_languages(self, kiosk: Kiosk) -> Iterator[ToolRow]:
        """The next language under its own name, so that who reads only that one finds it; none where there is one."""
        languages = sorted(kiosk.rules.languages, key=lambda lang: lang != DEFAULT)
        if len(languages) > 1:
            at = languages.index(kiosk.lang) if kiosk.lang in languages else 0
            following = languages[(at + 1) % len(languages)]
            self._uses["language"] = LanguageChosen(following)
            yield ToolRow("language", "languages", self._stage.texts.of(following).say("lang.name"))

    @Slot(str)
    def use(self, tool: str) -> None:
        self._stage.send(self._uses[tool])

    @Property(QObject, constant=True)
    def tools(self) -> Rows:
        return self._tools

    @Property(bool, notify=changed)
    def mirrored(self) -> bool:
        """Whether the language is written from right to left: then the whole page is laid out so."""
        return self._stage.texts.of(self._lang).say("lang.direction") == "rtl"

    @Property(bool, notify=changed)
    def covered(self) -> bool:
        """Whether what is personal is hidden from the one who stands behind."""
        return self._covered

    def _read_clock(self) -> None:
        now, texts = self._stage.now(), self._stage.texts.of(self._lang)
        seen = words.clock(now), words.day(now, texts)
        if seen != (self._time, self._day):
            self._time, self._day = seen
            self.ticked.emit()

    @Property(str, constant=True)
    def hospital(self) -> str:
        return words.shown(self._stage.site.hospital)

    @Property(str, notify=changed)
    def place(self) -> str:
        site, texts = self._stage.site, self._stage.texts.of(self._lang)
        return words.pair(site.place, texts.say("words.terminal", number=site.terminal), texts)

    @Property(str, notify=changed)
    def help(self) -> str:
        return self._stage.texts.of(self._lang).say("chrome.help", phone=self._stage.site.help_phone)

    @Property(str, notify=ticked)
    def time(self) -> str:
        return self._time

    @Property(str, notify=ticked)
    def day(self) -> str:
        return self._day

    @Property(str, notify=changed)
    def look(self) -> str:
        """The theme's name, a `kiosk.flow.rules.Look`."""
        return self._look.value

    @Property(bool, notify=changed)
    def simulated(self) -> bool:
        return self._simulated


def _cover(kiosk: Kiosk) -> str:
    return "tools.uncover" if kiosk.covered else "tools.cover"
