"""Finds what other packages announce through entry points: drivers, adapters, front ends and commands.

Groups are named `kiosk.<plural>`; nothing is imported before it is asked for by name.
"""

from __future__ import annotations

import argparse
from functools import cache
from importlib.metadata import EntryPoint, distributions
from typing import Any, Final, Protocol, TypeGuard

from kiosk.ports.driver import Driver

_NO_DRIVERS: Final = frozenset({"commands", "demos", "frontends", "simulators", "verifiers"})


class PluginMissing(Exception):
    """A setting names what no installed package announces; carries what there is."""

    def __init__(self, group: str, name: str, known: tuple[str, ...]) -> None:
        super().__init__(f"{group}: 没有安装 {name} · no {name!r}; installed: {', '.join(known) or 'none'}")
        self.group, self.name, self.known = group, name, known


class Command(Protocol):
    """A command another package adds to `kiosk`. `run` returns the exit code of the plan's table."""

    @property
    def name(self) -> str: ...

    @property
    def help(self) -> str: ...

    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, arguments: argparse.Namespace) -> int:
        """`arguments` holds the command's own and the common `config` (Path or None) and `workdir` (Path)."""
        ...


def names(group: str) -> tuple[str, ...]:
    return tuple(sorted({point.name for point in _announced() if point.group == f"kiosk.{group}"}))


def driver_groups() -> tuple[str, ...]:
    """The groups that hold drivers, as far as anything is announced in them."""
    announced = {point.group.removeprefix("kiosk.") for point in _announced()}
    return tuple(sorted(announced - _NO_DRIVERS))


def package(group: str, name: str) -> str:
    """Who ships the entry point, as "name version"; PluginMissing when there is none."""
    shipped = _find(group, name).dist
    return f"{shipped.name} {shipped.version}" if shipped is not None else ""


def driver(group: str, name: str) -> Driver[Any]:
    """The driver announced as `name` in `kiosk.<group>`; PluginMissing when there is none."""
    found = _find(group, name).load()
    if not _is_driver(found):
        raise TypeError(f"{group}.{name} is not a Driver")
    return found


def _is_driver(found: object) -> TypeGuard[Driver[Any]]:
    return isinstance(found, Driver)


def load(group: str, name: str) -> Any:
    """Whatever `kiosk.<group>` announces as `name`, for groups that hold no drivers (commands, front ends)."""
    return _find(group, name).load()


def _find(group: str, name: str) -> EntryPoint:
    for point in _announced():
        if (point.group, point.name) == (f"kiosk.{group}", name):
            return point
    raise PluginMissing(group, name, names(group))


@cache
def _announced() -> tuple[EntryPoint, ...]:
    """Read once: each look opens the metadata of every installed package, and nothing is installed while we run."""
    points = (point for package in distributions() for point in package.entry_points)
    return tuple(point for point in points if point.group.startswith("kiosk."))
