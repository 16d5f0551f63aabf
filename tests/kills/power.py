"""Power cuts for processes that run on a real disk: whatever the journal wrote and did not sync is gone afterwards.

Killing a process proves nothing about fsync, because the kernel still holds what was written. `power.c` keeps, beside
each file of the journal, what its last fsync promised; `cut` puts that in the file's place.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_SOURCE = Path(__file__).parent / "power.c"


def built(folder: Path) -> Path:
    """The library, compiled into `folder`."""
    library = folder / "power.so"
    subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", str(library), str(_SOURCE), "-ldl"], check=True)
    return library


def environment(library: Path, of: dict[str, str]) -> dict[str, str]:
    """`of`, for processes whose disk forgets."""
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
