"""The command line: one short function per command. Other packages add theirs under `kiosk.commands`.

Exit codes: 0 done (a visit: ended as its script names), 1 an orderly other end, a refusal or a finding, 2 wrong use,
3 could not start or finish, 70 a defect (traceback on stderr).
"""

from __future__ import annotations

import argparse
import sys
import traceback
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kiosk import garbage, plugins
from kiosk.ports.obstacle import Obstacle
from kiosk.terminal import DEFECT, NOT_POSSIBLE, OK, OTHER_END, WRONG_USE, complain, day, say, say_json

_DISTRIBUTION = "yibao-kiosk"
_PRODUCTION_WORKDIR = Path("/var/lib/kiosk")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    arguments = _parser(sys.argv[1:] if argv is None else list(argv))
    try:
        code: int = arguments.function(arguments)
    except KeyboardInterrupt:
        return OTHER_END
    except BrokenPipeError:
        return OTHER_END
    except Obstacle as problem:
        complain(f"{problem}")
        return NOT_POSSIBLE
    except Exception:  # noqa: BLE001 - the last line of defence: say it is ours, and where
        traceback.print_exc()
        return DEFECT
    return code


def _parser(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="kiosk", description="医保自助终端 · self-service kiosk for medical insurance"
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (function, help_text, add) in _COMMANDS.items():
        command = commands.add_parser(name, help=help_text, description=help_text)
        _add_common(command)
        add(command)
        command.set_defaults(function=function)
    _add_plugins(commands, argv)
    return parser.parse_args(argv)


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--config", type=Path, help="settings file (else /etc/kiosk/kiosk.toml, else the shipped demo)")
    parser.add_argument(
        "--workdir", type=Path, help="work directory (else /var/lib/kiosk in production, ./var otherwise)"
    )


def _add_plugins(commands: Any, argv: list[str]) -> None:
    """Only the plug-in that is asked for is imported; all of them where somebody asks what there is."""
    for name in plugins.names("commands"):
        asked = name in argv[:1] or argv[:1] in (["-h"], ["--help"])
        plugin: plugins.Command | None = plugins.load("commands", name) if asked else None
        parser = commands.add_parser(name, help=plugin.help if plugin else None)
        _add_common(parser)
        if plugin is not None:
            plugin.add_arguments(parser)
            parser.set_defaults(function=_plugin(plugin))


def _plugin(plugin: plugins.Command) -> Callable[[argparse.Namespace], int]:
    def run(arguments: argparse.Namespace) -> int:
        arguments.workdir = workdir_of(arguments)
        try:
            return plugin.run(arguments)
        except ModuleNotFoundError as missing:
            complain(f"{plugin.name}: 少装了一部分 · not installed: {missing.name}; pip install 'yibao-kiosk[backend]'")
            return NOT_POSSIBLE

    return run


def workdir_of(arguments: argparse.Namespace) -> Path:
    if arguments.workdir is not None:
        return Path(arguments.workdir).absolute()
    production = getattr(arguments, "profile", None) == "production"
    return _PRODUCTION_WORKDIR if production else Path("var").absolute()


def _run(arguments: argparse.Namespace) -> int:
    with garbage.put_off():
        return _run_profile(arguments)


def _run_profile(arguments: argparse.Namespace) -> int:
    from kiosk.running import run_demo, run_production

    workdir = workdir_of(arguments)
    if arguments.profile == "demo":
        return run_demo(arguments.config, workdir, backend=arguments.backend, sim=arguments.sim)
    if arguments.backend or arguments.sim:
        complain("--backend and --sim belong to --profile demo")
        return WRONG_USE
    return run_production(arguments.config, workdir)


def _visit(arguments: argparse.Namespace) -> int:
    from kiosk.running import VisitOptions, run_visit

    options = VisitOptions(
        name=arguments.name,
        config=arguments.config,
        workdir=workdir_of(arguments),
        pack=arguments.pack,
        screens=arguments.screens,
        misbehave=arguments.misbehave,
        backend=arguments.backend,
        sim=arguments.sim,
        seed=arguments.seed,
    )
    return run_visit(options, as_json=arguments.json)


def _journal(arguments: argparse.Namespace) -> int:
    from kiosk import journalling

    return journalling.run(arguments, workdir_of(arguments))


def _packs(arguments: argparse.Namespace) -> int:
    from kiosk.packing import compare_packs, inspect_packs, shadow_pack

    if arguments.action == "codes":
        from kiosk.downloading import download_codes

        return download_codes(arguments, workdir_of(arguments))
    if arguments.action == "diff":
        if not arguments.area or not arguments.new:
            complain("diff OLD NEW: 两个策略包，区划代码或文件夹 · two packs, area code or folder")
            return WRONG_USE
        return compare_packs(arguments.area, arguments.new, as_json=arguments.json)
    if arguments.action == "shadow":
        if not arguments.area:
            complain("shadow AREA: 哪个策略包，区划代码或文件夹 · which pack, area code or folder")
            return WRONG_USE
        return shadow_pack(
            arguments.area, arguments.day, arguments.config, workdir_of(arguments), as_json=arguments.json
        )
    return inspect_packs(arguments.action, arguments.area, as_json=arguments.json)


def _devices(arguments: argparse.Namespace) -> int:
    from kiosk.drivers import list_drivers, try_devices

    if arguments.action == "list":
        return list_drivers(arguments.config, workdir_of(arguments), arguments.name, as_json=arguments.json)
    return try_devices(arguments.config, workdir_of(arguments), arguments.name, as_json=arguments.json)


def _check_config(arguments: argparse.Namespace) -> int:
    from kiosk.checking import check_settings
    from kiosk.settings import Profile

    profile = Profile(arguments.profile)
    return check_settings(arguments.config, workdir_of(arguments), profile, as_json=arguments.json)


def _faults(arguments: argparse.Namespace) -> int:
    from kiosk.inspection import list_faults

    return list_faults(as_json=arguments.json)


def _staff_code(arguments: argparse.Namespace) -> int:
    """Reads a code, or what a badge says, from standard input: on the command line others could see it."""
    from kiosk.passcodes import hash_code

    del arguments
    try:
        say(hash_code(sys.stdin.readline().strip()))
    except ValueError as problem:
        complain(f"{problem}")
        return WRONG_USE
    return OK


def _version(arguments: argparse.Namespace) -> int:
    number = version(_DISTRIBUTION)
    if arguments.json:
        say_json({"schema": 1, "version": number})
    else:
        say(number)
    return OK


def _address(text: str) -> str:
    if not text.startswith("https://"):
        raise argparse.ArgumentTypeError("https://HOST:PORT, as `kiosk backend` prints it")
    return text


def _json_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def _surroundings_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--backend", type=_address, metavar="URL", help="a running backend instead of a child")
    parser.add_argument(
        "--sim", type=Path, metavar="SOCKET", help="a running simulator's control socket instead of a child"
    )


def _check_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--profile", choices=("demo", "production"), default="demo", help="what is to start by it")
    _json_option(parser)


def _run_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--profile", choices=("demo", "production"), default="production")
    _surroundings_options(parser)


def _visit_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="a script of config/visits, or a path")
    parser.add_argument("--pack", help="area code of the policy pack")
    parser.add_argument("--screens", type=Path, metavar="DIR", help="real pages offscreen, one picture each into DIR")
    parser.add_argument("--misbehave", metavar="SPEC", help="faults of the backend, e.g. 2207@1:lose-reply")
    _surroundings_options(parser)
    parser.add_argument("--seed", type=int, default=1, help="for what is random in a visit's surroundings")
    _json_option(parser)


def _journal_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("list", "show", "recover", "verify", "resolve", "export"))
    parser.add_argument("sid", nargs="?", help="show, resolve: the settlement's number; show: or the slip's")
    parser.add_argument("--backend", type=_address, metavar="URL", help="recover: a running backend")
    parser.add_argument("--as", dest="resolution", choices=("settled", "reversed", "refunded"))
    parser.add_argument("--by", help="resolve: staff number")
    parser.add_argument("--reason", help="resolve: why")
    parser.add_argument("--day", type=day, metavar="YYYY-MM-DD", help="export: whose rows")
    _json_option(parser)


def _packs_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("verify", "diff", "show", "codes", "shadow"))
    parser.add_argument("--type", action="append", metavar="NAME", help="codes: one dictionary; else all")
    parser.add_argument("--backend", type=_address, metavar="URL", help="codes: a running backend")
    parser.add_argument("area", nargs="?", help="area code; all when left out. diff: the old pack; shadow: the new one")
    parser.add_argument("new", nargs="?", help="diff: the new pack, code or folder")
    parser.add_argument("--day", type=day, metavar="YYYY-MM-DD", help="shadow: whose visits; else the last")
    _json_option(parser)


def _devices_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("list", "test"))
    parser.add_argument(
        "name",
        nargs="?",
        help="test: card_reader, scanner, …, as in [devices]; all when left out. list: a device or driver, to be told "
        "what its keys mean",
    )
    _json_option(parser)


_Entry = tuple[Callable[[argparse.Namespace], int], str, Callable[[argparse.ArgumentParser], None]]
_COMMANDS: dict[str, _Entry] = {
    "run": (_run, "run the kiosk", _run_options),
    "visit": (_visit, "play one scripted visit", _visit_options),
    "journal": (_journal, "what the journal holds, and what to do with it", _journal_options),
    "packs": (_packs, "policy packs", _packs_options),
    "devices": (_devices, "drivers, and how a device is", _devices_options),
    "check-config": (_check_config, "all that is wrong with the settings", _check_options),
    "faults": (_faults, "the catalogue of faults", _json_option),
    "staff-code": (_staff_code, "read a staff code and print what goes into [staff.codes]", lambda _: None),
    "version": (_version, "the version", _json_option),
}
