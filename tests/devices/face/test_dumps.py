"""No dump of the process, wherever the system sends it, holds what the memory held."""

from __future__ import annotations

import subprocess
import sys

_PROGRAM = """
from pathlib import Path
from devices.face.oblivion import forget_what_is_freed
forget_what_is_freed()
limits = Path("/proc/self/limits").read_text()
print(next(line for line in limits.splitlines() if "core file" in line).split()[4])
print(int(Path("/proc/self/coredump_filter").read_text(), 16))
"""


def test_neither_a_file_nor_a_program_gets_memory_out_of_a_dump() -> None:
    told = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["0", "0"]
