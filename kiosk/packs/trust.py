"""Whose packs are believed: `pack.sig` beside a pack lists its files by digest and signs the list.

What is signed are the UTF-8 lines `yibao-pack 1`, area, version, then `SHA-256 (hex) two spaces name` of every file, by
name, each line ended by a line feed. Keys stand in config/packs/trusted.toml or in the file that `[kiosk] trusted`
names; a key that is marked simulated is believed outside production only.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import StringConstraints, ValidationError

from kiosk.domain.policy import Pack
from kiosk.packs.complaints import PackWrong, complaint, read_toml_tree
from kiosk.packs.lines import line_of
from kiosk.packs.tables import Section
from kiosk.ports.verifier import Verifier

SIGNATURE = "pack.sig"
FILE = "pack.toml"
_SUFFIXES = (".toml", ".txt", ".tmpl")
_Hex = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{2})+$")]


class _Signed(Section):
    key: str
    files: dict[str, _Hex]
    signature: str


class _KeyTable(Section):
    name: str
    algorithm: str
    public: _Hex
    simulated: bool = False


class _KeysFile(Section):
    keys: dict[str, _KeyTable]


@dataclass(frozen=True, slots=True)
class Key:
    """Who signs, with what. `public` is raw."""

    name: str
    algorithm: str
    public: bytes
    simulated: bool = False


@dataclass(frozen=True, slots=True)
class Trust:
    """The keys that are believed and who checks their signatures, by algorithm.

    `strict` (production): nothing unsigned, nothing by a simulated key.
    """

    keys: Mapping[str, Key]
    verifier: Callable[[str], Verifier | None] = field(repr=False)
    strict: bool = True

    def check(self, folder: Path, pack: Pack, kept: Path | None = None) -> str:
        """The name of the key that signed this pack, "" for an unsigned simulated one.

        Raises PackWrong otherwise; where `kept` has the same file as it last was good, with the first line that
        changed.
        """
        path, name = folder / SIGNATURE, f"{folder.name}/{SIGNATURE}"
        if not path.exists():
            if pack.simulated and not self.strict:
                return ""
            head = _on_line(folder / FILE, ("pack", "version"))
            raise PackWrong(
                f"{folder.name}/{FILE}: 没有签名 · the pack is not signed, no {SIGNATURE} lies beside it{head}"
            )
        try:
            signed = _Signed.model_validate(read_toml_tree(path, name))
        except ValidationError as problem:
            raise complaint(problem, path, name) from problem
        _check_files(folder, signed.files, kept)
        self._check_signature(signed, pack, path, name)
        return signed.key

    def _check_signature(self, signed: _Signed, pack: Pack, path: Path, name: str) -> None:
        key, by, here = self.keys.get(signed.key), _on_line(path, ("key",)), _on_line(path, ("signature",))
        if key is None or (key.simulated and self.strict):
            raise PackWrong(f"{name}: key: {signed.key} is not trusted here ([kiosk] trusted, docs/packs.md){by}")
        verifier = self.verifier(key.algorithm)
        if verifier is None:
            raise PackWrong(f"{name}: key: nothing here verifies {key.algorithm}{by}")
        try:
            signature = base64.b64decode(signed.signature, validate=True)
        except binascii.Error as problem:
            raise PackWrong(f"{name}: signature: no base64{here}") from problem
        if not verifier.verifies(key.public, signed_bytes(pack.area, pack.version, signed.files), signature):
            raise PackWrong(f"{name}: signature: not by {signed.key}{here}")


def signed_bytes(area: str, version: str, files: Mapping[str, str]) -> bytes:
    """What a signature of a pack is about."""
    lines = ["yibao-pack 1", area, version, *(f"{files[name]}  {name}" for name in sorted(files))]
    return "".join(f"{line}\n" for line in lines).encode()


def digests(folder: Path) -> dict[str, str]:
    """Every file of a pack but its signature, by its name under the folder."""
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files_of(folder)}


def files_of(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in _SUFFIXES:
            yield path.relative_to(folder).as_posix(), path


def _check_files(folder: Path, signed: Mapping[str, str], kept: Path | None) -> None:
    """Where no former copy shows the line that changed, the line of the list that the file no longer fits is named."""
    found, listed = digests(folder), folder / SIGNATURE
    for name in sorted(found.keys() | signed.keys()):
        where = _on_line(listed, ("files", name), f"{SIGNATURE} line")
        if name not in signed:
            raise PackWrong(f"{folder.name}/{name}: not among the files that were signed{where}")
        if name not in found:
            raise PackWrong(f"{folder.name}/{name}: was signed and is missing{where}")
        if found[name] != signed[name]:
            line = _first_change(folder / name, kept / name) if kept else None
            where = where if line is None else f" (line {line})"
            raise PackWrong(f"{folder.name}/{name}: changed after it was signed{where}")


def _on_line(path: Path, where: Sequence[str], word: str = "line") -> str:
    """Where to look, as a complaint ends; nothing where the file shows no such key."""
    try:
        line = line_of(path.read_text(encoding="utf-8"), where)
    except (OSError, UnicodeDecodeError):
        return ""
    return "" if line is None else f" ({word} {line})"


def _first_change(path: Path, former: Path) -> int | None:
    if not former.exists():
        return None
    now, before = path.read_bytes().splitlines(), former.read_bytes().splitlines()
    same = next((at for at, (new, old) in enumerate(zip(now, before, strict=False)) if new != old), None)
    return min(len(now), len(before)) + 1 if same is None else same + 1


def read_keys(path: Path) -> dict[str, Key]:
    """The keys of a trusted.toml; PackWrong names what is wrong with it."""
    try:
        told = _KeysFile.model_validate(read_toml_tree(path, path.name))
    except ValidationError as problem:
        raise complaint(problem, path, path.name) from problem
    return {
        key: Key(row.name, row.algorithm, bytes.fromhex(row.public), row.simulated) for key, row in told.keys.items()
    }
