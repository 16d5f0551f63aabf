"""Lints every page against the view models as Qt itself sees them: `python -m tests.qmllint`, part of `make check`.

A page that reads `root.model.ownShar` is told "Did you mean ownShare?" before anyone runs it. For that qmllint needs
descriptions of our Python classes. They are written to `build/qml`, which an editor's QML language server may use too:

* each class with `@QmlElement` in a module with `QML_IMPORT_NAME = "Kiosk.Pay"` is a type of the QML module Kiosk.Pay;
* properties, signals and slots come from Qt's meta object, those of Python ancestors included, so what Qt refuses
  (Python warns about it when the class is made) is refused here;
* a property that holds another object of ours has the type that Qt knows it by, `QObject`, of which QML can read
  nothing: give it the rows or texts it needs instead.

QML files that import each other by folder need nothing. Any warning of qmllint fails.
"""

import importlib
import inspect
import subprocess
import sys
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, cast

from PySide6.QtCore import QCoreApplication, QMetaMethod, QMetaObject, QMetaProperty, QObject
from PySide6.QtQml import QQmlEngine, qmlTypeId

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "screens"
SAMPLES = ROOT / "tests" / "support" / "design"
TYPES = ROOT / "build" / "qml"


def main() -> int:
    application = QCoreApplication([])  # without one, asking for an unknown type aborts
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # Qt's complaint about a property it cannot have is a Python warning
        write_types(_python_modules(PAGES), TYPES)
    del application
    return lint(sorted([*PAGES.rglob("*.qml"), *SAMPLES.rglob("*.qml")]), TYPES)


def lint(pages: Sequence[Path], types: Path) -> int:
    """0 when qmllint has nothing to say, else its exit code; it prints what it found."""
    assert pages, "there is nothing to lint"
    program = Path(sys.executable).with_name("pyside6-qmllint")
    command = [str(each) for each in (program, "--max-warnings", "0", "-I", types, *pages)]
    return subprocess.run(command, check=False).returncode


def write_types(modules: Iterable[ModuleType], target: Path) -> None:
    """A `qmldir` and the type descriptions of each QML module that the Python modules announce."""
    announced: defaultdict[str, list[type[QObject]]] = defaultdict(list)
    for module in modules:
        uri = getattr(module, "QML_IMPORT_NAME", None)
        if uri:
            announced[uri] += _registered(module, uri)
    for uri, classes in announced.items():
        folder = target.joinpath(*uri.split("."))
        folder.mkdir(parents=True, exist_ok=True)
        folder.joinpath("qmldir").write_text(
            f"module {uri}\ntypeinfo types.qmltypes\ndepends QtQuick\n", encoding="utf-8"
        )
        folder.joinpath("types.qmltypes").write_text(_document(uri, classes), encoding="utf-8")


def _python_modules(package: Path) -> list[ModuleType]:
    paths = [path.relative_to(package.parent).with_suffix("") for path in sorted(package.rglob("*.py"))]
    return [importlib.import_module(".".join(path.parts)) for path in paths if not path.name.startswith("__")]


def _registered(module: ModuleType, uri: str) -> list[type[QObject]]:
    major, minor = module.QML_IMPORT_MAJOR_VERSION, getattr(module, "QML_IMPORT_MINOR_VERSION", 0)
    type_id = cast("Any", qmlTypeId)  # takes str, though the stubs say bytes
    own = [value for value in vars(module).values() if inspect.isclass(value) and value.__module__ == module.__name__]
    return [each for each in own if issubclass(each, QObject) and type_id(uri, major, minor, each.__name__) != -1]


def _document(uri: str, classes: Iterable[type[QObject]]) -> str:
    lines = ["import QtQuick.tooling 1.2", "Module {"]
    for kind in classes:
        lines += _component(uri, kind)
    return "\n".join([*lines, "}", ""])


def _component(uri: str, kind: type[QObject]) -> Iterator[str]:
    ours = list(_python_levels(kind))
    yield f'    Component {{ name: "{kind.__name__}"; accessSemantics: "reference"'
    yield f'        prototype: "{_prototype(ours)}"'
    yield f'        exports: ["{uri}/{kind.__name__} 1.0"]; exportMetaObjectRevisions: [256]'
    yield f"        isCreatable: {_word(_made_by_qml(kind))}; isSingleton: {_word(_is_singleton(uri, kind))}"
    for level in ours:
        yield from (_property(level.property(at)) for at in range(level.propertyOffset(), level.propertyCount()))
        yield from (_method(level.method(at)) for at in range(level.methodOffset(), level.methodCount()))
    yield "    }"


def _python_levels(kind: type[QObject]) -> Iterator[QMetaObject]:
    """The meta objects of the class and its Python ancestors, whose members belong to it for QML."""
    level: QMetaObject | None = cast("Any", kind).staticMetaObject  # the stubs give it to instances only
    python = {each.__name__ for each in kind.__mro__ if not each.__module__.startswith(("PySide6", "Shiboken"))}
    while level is not None and level.className() in python:
        yield level
        level = level.superClass()


def _prototype(ours: list[QMetaObject]) -> str:
    above = ours[-1].superClass()
    assert above is not None, "every class here has QObject above it"
    return above.className()


def _made_by_qml(kind: type[QObject]) -> bool:
    """QML passes nothing; a model that needs something is made by the router."""
    try:
        inspect.signature(kind.__init__).bind(None)
    except TypeError:
        return False
    return True


def _is_singleton(uri: str, kind: type[QObject]) -> bool:
    """Qt tells only by handing out the one instance."""
    return isinstance(cast("Any", QQmlEngine()).singletonInstance(uri, kind.__name__), QObject)


def _word(truth: bool) -> str:
    return "true" if truth else "false"


def _property(found: QMetaProperty) -> str:
    kind = _text(found.typeName())
    name = _text(found.name())
    facts = [f'name: "{name}"', f'type: "{kind.removesuffix("*")}"', f'read: "{name}"']
    if kind.endswith("*"):
        facts.append("isPointer: true")
    if not found.isWritable():
        facts.append("isReadonly: true")
    if found.isConstant():
        facts.append("isPropertyConstant: true")
    if found.hasNotifySignal():
        facts.append(f'notify: "{_text(found.notifySignal().name())}"')
    return f"        Property {{ {'; '.join(facts)} }}"


def _method(found: QMetaMethod) -> str:
    word = "Signal" if found.methodType() == QMetaMethod.MethodType.Signal else "Method"
    facts = [f'name: "{_text(found.name())}"']
    answer = _text(found.typeName())
    if answer != "void":
        facts.append(f'type: "{answer}"')
    parameters = [f'Parameter {{ type: "{_text(kind)}" }}' for kind in found.parameterTypes()]
    return f"        {word} {{ {'; '.join(facts)}; {' '.join(parameters)} }}"


def _text(raw: object) -> str:
    """Names come as QByteArray or, whatever the stubs say, as str."""
    return raw if isinstance(raw, str) else bytes(cast("bytes", raw)).decode()


if __name__ == "__main__":
    sys.exit(main())
