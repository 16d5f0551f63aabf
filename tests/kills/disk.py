"""Disks that fail processes which run on a real one: power cuts, and writes that find no room or no disk.

Killing a process proves nothing about fsync, because the kernel still holds what was written. `disk.c` keeps, beside
each file of the journal, what its last fsync promised; `cut` puts that in the file's place. It also refuses writes and
syncs to the journal as `failing` says.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_SOURCE = Path(__file__).parent / "disk.c"


def built(folder: Path) -> Path:
    """The library, compiled into `folder`."""
    library = folder / "disk.so"
    subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", str(library), str(_SOURCE), "-ldl"], check=True)
    return library


def environment(library: Path, of: dict[str, str]) -> dict[str, str]:
    """`of`, for processes whose disk can fail."""
    return of | {"LD_PRELOAD": str(library)}


def cut(workdir: Path) -> None:
    """Nothing runs any more; leave of the journal what was synced, and nothing else."""
    folder = workdir / "kiosk"
    for path in folder.glob("journal.db*"):
        if path.suffix not in {".synced", ".syncing"}:
            synced = path.with_name(f"{path.name}.synced")
            if synced.exists():
                path.write_bytes(synced.read_bytes())
            elif path.name != "journal.db":
                path.unlink()
            else:
                os.truncate(path, 0)


def failing(spec: str) -> None:
    """From now on this process's disk fails as `KIND FIRST COUNT` says.

    KIND is `full`, `readonly` or `eio`, which concern the FIRST-th write to the journal and those after it, COUNT in
    all, or `sync`, which concerns its fsyncs.
    """
    os.environ["KIOSK_TEST_DISK"] = spec
