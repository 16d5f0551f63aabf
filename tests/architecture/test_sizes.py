"""Files and functions stay small: 95 of 100 below the first figure, none above the second."""

from collections.abc import Callable, Sequence
from math import ceil

import pytest

from tests.architecture.source import Function, Module, checks, product, qml_files

Sizes = Sequence[tuple[int, str]]


def files() -> Sizes:
    return [(module.lines, str(module.path)) for module in (*product(), *checks())]


def functions() -> Sizes:
    return [(_length(each), _place(module, each)) for module in (*product(), *checks()) for each in module.functions()]


def qml() -> Sizes:
    return [(len(path.read_text(encoding="utf-8").splitlines()), str(path)) for path in qml_files()]


def _length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def _place(module: Module, function: Function) -> str:
    return f"{module.path}:{function.lineno} {function.name}"


@pytest.mark.parametrize(("measure", "most_are", "all_are"), [(files, 300, 500), (functions, 30, 60), (qml, 200, 300)])
def test_sizes(measure: Callable[[], Sizes], most_are: int, all_are: int) -> None:
    sizes = sorted(measure())
    assert sizes, "nothing was measured"
    assert [f"{size} {place}" for size, place in sizes if size > all_are] == []
    percentile_95 = sizes[ceil(0.95 * len(sizes)) - 1][0]
    longest = [f"{size} {place}" for size, place in sizes if size > most_are]
    assert percentile_95 <= most_are, longest


def test_every_function_says_what_it_returns() -> None:
    silent = [
        _place(module, each) for module in (*product(), *checks()) for each in module.functions() if not each.returns
    ]
    assert silent == []
