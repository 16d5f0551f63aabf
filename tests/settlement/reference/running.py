"""Starts a backend as everybody does: as a process of its own."""

from __future__ import annotations

import json
import signal
import ssl
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import httpx2


@dataclass
class Running:
    """A backend that said it was ready. `folder` holds its ledger and certificates."""

    process: subprocess.Popen[str]
    url: str
    folder: Path

    def context(self, *, certificate: bool = True) -> ssl.SSLContext:
        context = ssl.create_default_context(cafile=self.folder / "ca.pem")
        if certificate:
            context.load_cert_chain(self.folder / "kiosk.pem", self.folder / "kiosk.key")
        return context

    def client(self, *, certificate: bool = True) -> httpx2.Client:
        context = self.context(certificate=certificate)
        return httpx2.Client(base_url=self.url, verify=context, trust_env=False, timeout=20)

    def end(self) -> int:
        """Its exit code after SIGTERM."""
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=20)
        return self.process.returncode


def start(workdir: Path, *arguments: str) -> Running:
    command = ["backend", "--workdir", str(workdir), "--listen", "127.0.0.1:0", *arguments]
    process = subprocess.Popen([sys.executable, "-m", "kiosk", *command], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    ready = json.loads(process.stdout.readline())
    assert ready["ready"] == "backend"
    return Running(process, ready["url"], Path(ready["ca"]).parent)
