"""Writes the generated documents and pictures anew: `.venv/bin/python -m tests.support.documents`."""

from __future__ import annotations

from pathlib import Path

from kiosk import handbook
from kiosk.installed import config_dir
from kiosk.messages import Catalogue
from screens import environment
from tests.screens import golden
from tests.support import showcase, signing
from tests.support.demands import coverage
from tests.support.design import picture as design
from tests.support.flow_chart import flows

DOCS = Path(__file__).parents[2] / "docs"


def documents() -> dict[str, str]:
    """Every generated document by its file name."""
    texts = Catalogue.read(config_dir() / "texts")
    return {
        "faults.md": handbook.faults(texts),
        "audit.md": handbook.audit(),
        "settings.md": handbook.settings(),
        "flows.md": flows(),
        "coverage.md": coverage(),
    }


def main() -> None:
    for name, content in documents().items():
        (DOCS / name).write_text(content, encoding="utf-8")
    signing.main()
    environment.prepare(offscreen=True)
    application = environment.application("documents")
    golden.write()
    design.write()
    showcase.write()
    del application


if __name__ == "__main__":
    main()
