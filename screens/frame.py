"""What surrounds every page: hospital, place, clock, telephone, and the word 模拟 when anything is simulated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.flow.access_states import Helping
from kiosk.flow.events import (
    AidClosed,
    AloudChosen,
    CoverChosen,
    HelpCalled,
    Intent,
    LanguageChosen,
    LookChosen,
    LowReachChosen,
    SpeechChosen,
    StaffCalled,
)
from kiosk.flow.frontend import Stage
from kiosk.flow.rules import Look
from kiosk.flow.states import (
    Farewell,
    Kiosk,
)
from kiosk.messages import DEFAULT, Texts
from screens import words
from screens.rows import Rows

QML_IMPORT_NAME = "Kiosk.Frame"
QML_IMPORT_MAJOR_VERSION = 1

_CONTRASTS = (Look.STANDARD, Look.CONTRAST_DARK, Look.CONTRAST_LIGHT)
REACH_MM = 1220.0
"""How high above the floor a control may be (EN 301 549, 8.3: 380 to 1220 mm, for a reach to the side)."""
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
        self._covered = self._low = self._offered = False
        self._simulated = stage.site.simulated
        self._time = self._day = self._helper = ""
        self._timer = QTimer(self, interval=_LOOK)
        self._timer.timeout.connect(self._read_clock)
        self._timer.start()

    def show(self, kiosk: Kiosk) -> None:
        self._lang, self._look = kiosk.lang, kiosk.look
        self._covered, self._low = kiosk.covered, kiosk.access.low
        self._offered = kiosk.access.offered and not isinstance(kiosk.screen, Farewell)
        self._simulated = kiosk.fixtures.simulated or self._stage.site.simulated
        self._tools.show(self._offer(kiosk))
        self._helper = kiosk.helper
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
        return [*rows, *self._other_languages(kiosk), *self._ways(kiosk, texts)]

    def _ways(self, kiosk: Kiosk, texts: Texts) -> Iterator[ToolRow]:
        """To be spoken to, to have the buttons lower, to have somebody come; only what this machine can do."""
        access, aided = kiosk.access, isinstance(kiosk.aid, Helping)
        if speaks(kiosk):
            self._uses["speak"] = SpeechChosen(not access.speaking)
            picture, says = ("volume-x", "access.hush") if access.speaking else ("volume-2", "access.speak")
            yield ToolRow("speak", picture, texts.say(says), access.speaking)
        if access.speaking and not kiosk.fixtures.headset:
            self._uses["aloud"] = AloudChosen(not access.aloud)
            yield ToolRow("aloud", "megaphone", texts.say(_aloud(kiosk)), access.aloud)
        if self._stage.height_mm + self._stage.bottom_mm > REACH_MM:
            self._uses["low"] = LowReachChosen(not access.low)
            yield ToolRow("low", "arrow-down-to-line", texts.say(_low(kiosk)), access.low)
        self._uses["help"] = AidClosed() if aided else HelpCalled()
        yield ToolRow("help", "headset", texts.say("help.back" if aided else "access.help"), aided)

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
        where = words.pair(site.place, texts.say("words.terminal", number=site.terminal), texts)
        return words.pair(where, texts.say("chrome.helper", who=self._helper), texts) if self._helper else where

    @Property(str, notify=changed)
    def help(self) -> str:
        return self._stage.texts.of(self._lang).say("chrome.help", phone=self._stage.site.help_phone)

    @Property(str, notify=ticked)
    def time(self) -> str:
        return self._time

    @Property(str, notify=ticked)
    def day(self) -> str:
        return self._day

    @Property(bool, notify=changed)
    def low(self) -> bool:
        """Whether everything to press is within reach of a seated person."""
        return self._low

    @Property(float, constant=True)
    def reachMm(self) -> float:
        """How high above the lower edge of the glass a seated person reaches."""
        return max(0.0, REACH_MM - self._stage.bottom_mm)

    @Property(bool, notify=changed)
    def offered(self) -> bool:
        """Whether 关怀 is suggested to this person."""
        return self._offered

    @Slot(bool)
    def care(self, wanted: bool) -> None:
        """The answer to the suggestion."""
        self._stage.send(LookChosen(Look.ELDER if wanted else self._look))

    @Slot()
    def staff(self) -> None:
        self._stage.send(StaffCalled())

    @Property(str, notify=changed)
    def look(self) -> str:
        """The theme's name, a `kiosk.flow.rules.Look`."""
        return self._look.value

    @Property(bool, notify=changed)
    def simulated(self) -> bool:
        return self._simulated


def _cover(kiosk: Kiosk) -> str:
    return "tools.uncover" if kiosk.covered else "tools.cover"


def speaks(kiosk: Kiosk) -> bool:
    """Whether there is a voice that works; a tool that does nothing is not offered."""
    health = kiosk.fixtures.health.get("speaker")
    return health is not None and health.usable


def _aloud(kiosk: Kiosk) -> str:
    return "access.discreet" if kiosk.access.aloud else "access.aloud"


def _low(kiosk: Kiosk) -> str:
    return "access.high" if kiosk.access.low else "access.low"
