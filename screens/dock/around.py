"""What stands around the kiosk: lights, somebody before it, the mains, a keypad with a headset's plug, the terminal."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from screens.dock.desk import Desk
from screens.rows import Rows

QML_IMPORT_NAME = "Kiosk.Dock"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class LightRow:
    """One guide light and whether it is lit."""

    key: str
    name: str
    lit: bool = False


LIGHTS = (
    LightRow("card", "插卡口"),
    LightRow("id_card", "证件区"),
    LightRow("code", "扫码窗"),
    LightRow("bank_card", "刷卡机"),
    LightRow("receipt", "凭条口"),
    LightRow("page", "A4 出纸口"),
)


@dataclass(frozen=True, slots=True)
class KeyRow:
    key: str
    name: str


KEYS = (
    KeyRow("previous", "上一个"),
    KeyRow("next", "下一个"),
    KeyRow("select", "确定"),
    KeyRow("back", "返回"),
    KeyRow("repeat", "重听"),
    KeyRow("help", "帮助"),
    KeyRow("louder", "大声"),
    KeyRow("quieter", "小声"),
    KeyRow("faster", "快些"),
    KeyRow("slower", "慢些"),
)

_BANK_CARD, _PIN = "6200000000000000056", "246813"
"""A test card of a number that no bank gives out."""
_STEPS = {
    "": "等自助机叫它",
    "present_card": "请拍卡或插卡",
    "enter_pin": "请输密码",
    "asking_bank": "正在问银行",
    "take_card": "请取卡",
}


@QmlElement
class Around(QObject):
    """Shows which lights the kiosk has lit, and passes on who comes, who goes and what is pressed."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._headset = False
        self._lights, self._keys = Rows(LightRow, self), Rows(KeyRow, self)
        self._keys.show(KEYS)
        self._look()
        desk.changed.connect(self._look)

    @Slot()
    def _look(self) -> None:
        lit = self._desk.said("guide_light", "lit") or ()
        self._lights.show([LightRow(light.key, light.name, light.key in lit) for light in LIGHTS])
        self.changed.emit()

    @Slot(bool)
    def stand(self, somebody: bool) -> None:
        self._desk.do("presence_sensor", somebody=somebody)

    @Slot(str)
    def power(self, mains: str) -> None:
        self._desk.do("power_source", mains=mains)

    @Slot(str)
    def press(self, key: str) -> None:
        self._desk.do("press", key=key)

    @Slot(bool)
    def plugHeadset(self, plugged: bool) -> None:
        """A socket keeps no state that could be asked for: what was done last is what is so."""
        self._desk.do("press", key="jack_in" if plugged else "jack_out")
        self._headset = plugged
        self.changed.emit()

    @Slot(bool)
    def holdBankCard(self, contactless: bool) -> None:
        self._desk.do("hold_bank_card", number=_BANK_CARD, pin=_PIN, contactless=contactless)

    @Slot(str)
    def pressTerminal(self, key: str) -> None:
        """On the terminal's own keys: the kiosk never learns of a digit."""
        self._desk.do("terminal_keys", key=key, **({"pin": _PIN} if key == "pin" else {}))

    def _step(self) -> str:
        """What the terminal asks for; empty at rest."""
        return str(self._desk.said("payment_terminal", "step") or "")

    terminalStep = Property(str, _step, notify=changed)

    @Property(str, notify=changed)
    def terminal(self) -> str:
        return _STEPS.get(self._step(), "")

    @Property(bool, notify=changed)
    def somebody(self) -> bool:
        return bool(self._desk.said("presence_sensor", "somebody"))

    @Property(str, notify=changed)
    def mains(self) -> str:
        return str(self._desk.said("power_source", "mains") or "")

    @Property(bool, notify=changed)
    def headset(self) -> bool:
        return self._headset

    @Property(QObject, constant=True)
    def lights(self) -> Rows:
        return self._lights

    @Property(QObject, constant=True)
    def keys(self) -> Rows:
        return self._keys
