"""Memory that held a face must not keep it: freed pages go back to the system at once, and no core is dumped."""

from __future__ import annotations

import ctypes
import resource
from contextlib import suppress
from pathlib import Path

_M_MMAP_THRESHOLD = -3  # malloc.h
_LARGE = 32 * 1024
_DUMPED = Path("/proc/self/coredump_filter")
"""Which kinds of memory a dump holds (core(5)); children have what we have."""


def forget_what_is_freed() -> None:
    """Once, before the first picture; for the whole process.

    By itself glibc learns to keep large blocks for the next one, with what stands in them (mallopt(3), dynamic
    threshold). Set by hand, each block from 32 KiB on is a mapping of its own that ends when it is freed: a frame is a
    megabyte, an aligned face 37 KiB. What is smaller is overwritten where it is used.

    A limit of 0 keeps cores from the disk but not from a program that the system pipes them to (core(5)), such as
    systemd-coredump: for that one no kind of memory is dumped either.
    """
    with suppress(OSError):
        _DUMPED.write_text("0", encoding="ascii")
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # glibc's; others give large blocks back anyway
    if mallopt is not None:
        mallopt(ctypes.c_int(_M_MMAP_THRESHOLD), ctypes.c_int(_LARGE))
