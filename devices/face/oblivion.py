"""Memory that held a face must not keep it: freed pages go back to the system at once, and no core is dumped."""

from __future__ import annotations

import ctypes
import resource

_M_MMAP_THRESHOLD = -3  # malloc.h
_LARGE = 32 * 1024


def forget_what_is_freed() -> None:
    """Once, before the first picture; for the whole process.

    By itself glibc learns to keep large blocks for the next one, with what stands in them (mallopt(3), dynamic
    threshold). Set by hand, each block from 32 KiB on is a mapping of its own that ends when it is freed: a frame is a
    megabyte, an aligned face 37 KiB. What is smaller is overwritten where it is used.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # glibc's; others give large blocks back anyway
    if mallopt is not None:
        mallopt(ctypes.c_int(_M_MMAP_THRESHOLD), ctypes.c_int(_LARGE))
