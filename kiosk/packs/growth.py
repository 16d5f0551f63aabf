"""只减不增: an update may take a material away or shorten a limit; to add or lengthen it must state a reason.

豫医保办〔2022〕30号: 「按照“只减不增”“最少必须”原则，进一步精简材料、优化流程、压缩时限」.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from kiosk.domain.catalogue import Way
from kiosk.packs.complaints import complaint, read_toml_tree
from kiosk.packs.forms import read_forms
from kiosk.packs.services import FILE
from kiosk.packs.tables import ItemTable, OverrideTable, ServicesFile


@dataclass(frozen=True, slots=True)
class Growth:
    """One thing of which an item wants more than it did. `reason` is the override's, None where there is none."""

    item: str
    what: str
    old: str
    new: str
    reason: str | None = None

    @property
    def allowed(self) -> bool:
        return self.reason is not None


def growths(old: Path, new: Path) -> tuple[Growth, ...]:
    """What the pack in `new` wants more of than the one in `old`; PackWrong when either cannot be read."""
    before, after = _items(old), _items(new)
    found: list[Growth] = []
    for key, row in after.items():
        if key in before:
            found += [_excused(growth, row.override) for growth in _grown(key, before[key], row)]
    return tuple(found)


def _items(folder: Path) -> dict[str, ItemTable]:
    path, name = folder / FILE, f"{folder.name}/{FILE}"
    if not path.exists():
        return {}
    try:
        return ServicesFile.model_validate(read_toml_tree(path, name)).items
    except ValidationError as problem:
        raise complaint(problem, path, name) from problem


def _excused(growth: Growth, override: OverrideTable | None) -> Growth:
    if override is None:
        return growth
    return Growth(growth.item, growth.what, growth.old, growth.new, f"{override.reason} ({override.document})")


def _grown(key: str, old: ItemTable, new: ItemTable) -> list[Growth]:
    found: list[Growth] = []
    had = {material.key: material for material in old.materials or ()}
    for material in new.materials or ():
        former = had.get(material.key)
        if former is None:
            found.append(Growth(key, "material", "-", material.name.zh))
        elif lost := set(former.ways) - set(material.ways) - {Way.WINDOW}:
            found.append(Growth(key, f"material {material.key}", "/".join(sorted(lost)), "-"))
    if old.limit and new.limit and new.limit.days > old.limit.days:
        found.append(Growth(key, "limit", f"{old.limit.days} d", f"{new.limit.days} d"))
    asked, asks = _fields(old), _fields(new)
    found += [Growth(key, "field", "-", field) for field in asks if field not in asked]
    if old.limit and not new.limit:
        found.append(Growth(key, "limit", f"{old.limit.days} d", "not stated"))
    return found


def _fields(row: ItemTable) -> tuple[str, ...]:
    forms = read_forms().forms
    return forms[row.form].fields if row.form in forms else ()
