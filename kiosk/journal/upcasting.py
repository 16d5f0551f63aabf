"""Rows that an older version of the program wrote, as this one reads them.

A kiosk may be updated between an intent and its recovery, so every version stays readable for the 180 days of a row's
life. Each step makes one version's tree into the next one's; a row itself is never rewritten.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kiosk.journal.codec import Undecodable

Tree = dict[str, Any]
VERSION = 3
"""What is written now."""


def _share_of_a_payment(tree: Tree) -> Tree:
    """1 to 2: a payment may serve several settlements; before, each order was one's alone, and asked for its part."""
    fact = tree["fact"]
    if fact.get("act") != "collect" or "key" not in fact:
        return tree
    return {**tree, "fact": {**fact, "whole": fact.get("amount"), "place": 0}}


def _one_method(tree: Tree) -> Tree:
    """2 to 3: an order says by which method it is paid; before, all were paid by one, a scanned code."""
    fact = tree["fact"]
    if fact.get("act") != "collect" or "key" not in fact:
        return tree
    return {**tree, "fact": {**fact, "method": "", "patience": None}}


_STEPS: dict[int, Callable[[Tree], Tree]] = {1: _share_of_a_payment, 2: _one_method}


def upcast(tree: Tree, version: int) -> Tree:
    """The tree as version `VERSION` would have written it; Undecodable for a version nobody here knows."""
    while version != VERSION:
        if version not in _STEPS:
            raise Undecodable(f"version {version}")
        tree, version = _STEPS[version](tree), version + 1
    return tree
