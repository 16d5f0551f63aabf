"""What a kiosk imports, builds and reads at each start, done once in the process that forks kiosks.

A killed kiosk is asked about its journal, not about its imports: three quarters of a short visit's processor time would
go there.
"""

from __future__ import annotations

import gc
import importlib
import pickle
import sys
import tomllib
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from kiosk.installed import config_dir
from kiosk.plugins import driver, driver_groups, load, names

_LAZY = (
    "kiosk.headless",
    "kiosk.journalling",
    "kiosk.running",
    "settlement.direct.inquiries",
    "settlement.direct.files",
    "cryptography.x509",
    "encodings.gb18030",
    "encodings.idna",
    "httpcore2._sync",
    "httpcore2._async",
    "anyio.streams.tls",
    "anyio.to_thread",
    "truststore",
    "printing.barcode",
    "printing.case",
    "printing.deposit",
    "printing.raster",
    "printing.statement",
    "printing.window",
    "settlement.signing.verifiers",
    "_strptime",
    "encodings.ascii",
    "encodings.gb2312",
    "encodings.utf_8_sig",
)
"""Modules that are imported where they are first wanted."""
_OF_OTHERS = (
    "settlement.reference.server",
    "settlement.reference.command",
    "settlement.reference.audit",
    "settlement.reference.entrance",
    "settlement.reference.script",
    "settlement.reconcile.command",
    "anyio._backends._asyncio",
    "cryptography.hazmat.backends.openssl.backend",
    "psycopg",
    "sqlalchemy.dialects.postgresql",
    "sqlalchemy.dialects.sqlite",
    "uvicorn.lifespan.off",
    "uvicorn.protocols.http.auto",
    "uvicorn.protocols.http.h11_impl",
    "uvicorn.protocols.websockets.auto",
    "devices.sim.command",
    "printing.day_close",
    "PIL.JpegImagePlugin",
    "PIL.PngImagePlugin",
)


def warm_up() -> None:
    """Starts no thread, so that this process may fork."""
    for module in _LAZY:
        importlib.import_module(module)
    for group in driver_groups():
        for name in names(group):
            driver(group, name)
    for group in ("simulators", "demos"):
        for name in names(group):
            load(group, name)
    for model in _models(BaseModel):
        model.model_rebuild(raise_errors=False)
    _remember_what_is_read()
    gc.collect()
    gc.freeze()


def warm_up_others() -> None:
    """The same for what is asked beside kiosks: backend, simulator, accounts. To be called again at no cost."""
    if _OF_OTHERS[0] not in sys.modules:
        for module in _OF_OTHERS:
            importlib.import_module(module)
        importlib.import_module("sqlalchemy.orm").configure_mappers()
        gc.collect()
        gc.freeze()


def _models(of: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for model in of.__subclasses__():
        yield model
        yield from _models(model)


def _remember_what_is_read() -> None:
    """Of the shipped settings, texts and packs each process gets copies that are its own."""
    read = tomllib.loads
    texts = [path.read_text(encoding="utf-8") for path in sorted(config_dir().rglob("*.toml"))]
    kept = {text: pickle.dumps(read(text)) for text in texts}

    def loads(text: str, /, **options: Any) -> dict[str, Any]:
        if text in kept:
            found: dict[str, Any] = pickle.loads(kept[text])
            return found
        return read(text, **options)

    tomllib.loads = loads
