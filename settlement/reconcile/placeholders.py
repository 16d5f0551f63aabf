"""Settings that were never filled in: who is to be asked stands there as the demonstration's placeholder.

The settings shipped with the kiosk name the demonstration's backend as {backend.url}, which only the demonstration
fills in. Whoever closes a day with them has not said where the hospital is, and is told that, not what a URL must look
like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kiosk.settings import DriverSection, Settings, SettingsWrong

_PLACEHOLDER = re.compile(r"\{[a-z_.]+\}")
_WORDS = (
    "还是演示用的占位 {what}，没有填地址；改成医院前置、支付平台等的地址，演示用 --backend URL 指向运行着的参照后台"
    " · still the demonstration's placeholder {what}: write the real addresses of the hospital's front, the payment "
    "service and so on, or give --backend URL of a running reference backend"
)


def refuse_placeholders(settings: Settings, file: Path) -> None:
    """
    Raises:
        SettingsWrong: `file` names somebody who is asked about the day by a placeholder; says which keys.
    """
    left = [
        (f"[{name}] {key}", found[0])
        for name, section in _asked(settings)
        for key, value in section.options.items()
        if (found := _PLACEHOLDER.search(str(value)))
    ]
    if left:
        keys, what = "、".join(key for key, _ in left), left[0][1]
        raise SettingsWrong(f"{file} {keys}: {_WORDS.format(what=what)}")


def _asked(settings: Settings) -> Iterator[tuple[str, DriverSection]]:
    yield from (("settlement", settings.settlement), ("hospital", settings.hospital))
    for name, section in settings.payments.items():
        if section.driver == "aggregate":
            yield f"payments.{name}", section
    if settings.insurer is not None and settings.reconcile.insurer_list:
        yield "insurer", settings.insurer
