"""`kiosk backend`: serve the reference backend, or audit its ledger."""

from __future__ import annotations

import argparse
import asyncio
import dataclasses
import json
import sys
from pathlib import Path

from kiosk.installed import config_dir

_FINDING, _WRONG_USE, _NOT_STARTED = 1, 2, 3


class BackendCommand:
    """Announced as an entry point of `kiosk.commands`. Databases and servers are imported only when it runs."""

    name = "backend"
    help = (
        "reference backend: hospital, platform and payment over one ledger; `backend audit` compares what they believe"
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("action", nargs="?", choices=("serve", "audit"), default="serve")
        parser.add_argument(
            "--listen", metavar="H:P", default="127.0.0.1:8443", help="address; port 0 takes a free one"
        )
        parser.add_argument("--db", metavar="URL", help="ledger; an SQLAlchemy URL, else WORKDIR/backend/ledger.db")
        parser.add_argument("--misbehave", metavar="SPEC", default="", help="TARGET[@N[-M]]:ACT[=ARG];…")
        parser.add_argument("--script", metavar="FILE", type=Path, help="TOML: misbehave, manners, people")
        parser.add_argument("--people", metavar="DIR", type=Path, help="invented people; else those installed")
        parser.add_argument(
            "--pack", metavar="DIR", type=Path, help="policy pack whose gateway is played; else one endpoint, unsigned"
        )
        parser.add_argument("--json", action="store_true", help="audit: print the report as one line")

    def run(self, arguments: argparse.Namespace) -> int:
        folder = Path(arguments.workdir) / "backend"
        database = arguments.db or f"sqlite:///{(folder / 'ledger.db').resolve()}"
        return _audit(arguments, database) if arguments.action == "audit" else _serve(arguments, folder, database)


backend = BackendCommand()


def _serve(arguments: argparse.Namespace, folder: Path, database: str) -> int:
    from sqlalchemy.exc import SQLAlchemyError

    from settlement.reference import entrance, misbehaviour, people, script, server

    try:
        told = script.read_script(arguments.script) if arguments.script else script.Script()
        host, port = _address(arguments.listen)
        folder.mkdir(parents=True, exist_ok=True)
        setup = server.Setup(
            folder=folder,
            host=host,
            port=port,
            database=database,
            world=people.read_world(arguments.people or config_dir() / "people", told.people),
            plan=misbehaviour.Plan(
                misbehaviour.parse(arguments.misbehave) + misbehaviour.parse(told.misbehave), told.chances, told.seed
            ),
            manners=told.manners,
            manner=entrance.read_manner(arguments.pack) if arguments.pack else entrance.Manner(),
            rush=told.crowd,
        )
    except (ValueError, OSError) as wrong:
        print(f"backend: {wrong}", file=sys.stderr)
        return _WRONG_USE
    try:
        asyncio.run(server.serve(setup))
    except OSError as error:
        print(f"backend: {arguments.listen}: {error.strerror or error}", file=sys.stderr)
        return _NOT_STARTED
    except (SQLAlchemyError, ImportError) as error:  # a database that is not there, or no driver for it
        print(f"backend: cannot open the ledger ({type(error).__name__})", file=sys.stderr)
        return _NOT_STARTED
    return 0


def _audit(arguments: argparse.Namespace, database: str) -> int:
    from sqlalchemy.exc import SQLAlchemyError

    from settlement.reference.audit import SCHEMA, audit
    from settlement.reference.clock import SystemClock
    from settlement.reference.ledger.store import Ledger

    place = database.removeprefix("sqlite:///")
    if place != database and not Path(place).exists():
        print(f"backend audit: {place}: no ledger there", file=sys.stderr)
        return _NOT_STARTED
    try:
        ledger = Ledger(database)
        with ledger.look() as session:
            report = audit(session, SystemClock().now())
        ledger.close()
    except SQLAlchemyError as error:
        print(f"backend audit: cannot read the ledger ({type(error).__name__})", file=sys.stderr)
        return _NOT_STARTED
    if arguments.json:
        print(json.dumps({"schema": SCHEMA, **dataclasses.asdict(report)}, ensure_ascii=False))
    else:
        counts = {field.name: getattr(report, field.name) for field in dataclasses.fields(report)}
        counts["violations"] = len(report.violations)
        print(", ".join(f"{name} {count}" for name, count in counts.items()))
        for violation in report.violations:
            print(f"{violation.invariant} {violation.sid}: {violation.text}")
    return _FINDING if report.violations else 0


def _address(listen: str) -> tuple[str, int]:
    host, _, port = listen.rpartition(":")
    if not host or not port.isdigit() or int(port) > 65535:
        raise ValueError(f"--listen {listen!r} is not HOST:PORT")
    return host.strip("[]"), int(port)
