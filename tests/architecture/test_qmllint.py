"""The lint of pages knows the view models as Qt sees them."""

from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import Property, QCoreApplication, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from tests.qmllint import lint, write_types

QML_IMPORT_NAME = "Kiosk.Sample"
QML_IMPORT_MAJOR_VERSION = 1

PAGE = """
import QtQuick
import Kiosk.Sample
Item {
    id: root
    required property SampleModel model
    Text { text: root.model.%s }
    TapHandler { onTapped: root.model.%s() }
}
"""


class Parent(QObject):
    @Slot()
    def leave(self) -> None:
        """Inherited by the model below."""


@QmlElement
class SampleModel(Parent):
    changed = Signal()

    def __init__(self, stage: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stage = stage

    @Property(str, notify=changed)
    def share(self) -> str:
        return self._stage


@pytest.fixture
def types(tmp_path: Path, qapp: QCoreApplication) -> Path:
    this = ModuleType(__name__)
    this.__dict__.update(globals())
    write_types([this], tmp_path)
    return tmp_path


def verdict(types: Path, *names: str) -> int:
    page = types / "Page.qml"
    page.write_text(PAGE % names, encoding="utf-8")
    return lint([page], types)


def test_a_page_may_read_properties_and_call_inherited_slots(types: Path) -> None:
    assert verdict(types, "share", "leave") == 0


@pytest.mark.parametrize("names", [("shard", "leave"), ("share", "leaf")], ids=["property", "slot"])
def test_a_misspelt_name_fails(types: Path, names: tuple[str, str], capfd: pytest.CaptureFixture[str]) -> None:
    assert verdict(types, *names) != 0
    assert f'Did you mean "{("share", "leave")[names[0] == "share"]}"?' in capfd.readouterr().err


def test_a_model_that_must_be_given_something_is_not_made_in_qml(types: Path) -> None:
    page = types / "Page.qml"
    page.write_text("import Kiosk.Sample\nSampleModel {}\n", encoding="utf-8")
    assert lint([page], types) != 0
