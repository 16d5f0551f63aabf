"""`make face-eval`: what the face check is worth, measured anew, as Markdown and curves; rows stay in var/face-eval.

    .venv/bin/python -m tests.face_eval [--count 200] [--lfw FOLDER] [--report FILE] [--pictures FOLDER]

Photographs come from the folder that --lfw or KIOSK_FACE_PHOTOS names; without one the comparison is left out and the
report says so. What came of each try is kept between runs, one file for each state of the method, so that a run that
was stopped goes on where it was.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from devices.face.models import missing, models_folder
from tests.face_eval.clips import kept_in, tries
from tests.face_eval.report import liveness_report, photographs_report


def main() -> int:
    parser = argparse.ArgumentParser(prog="face-eval", description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--lfw", type=Path, default=_from_environment())
    parser.add_argument("--pictures", type=Path, default=Path("docs/pictures"))
    parser.add_argument("--report", type=Path, default=Path("var/face-eval/report.md"))
    options = parser.parse_args()
    if missing(models_folder()):
        sys.stderr.write("face-eval: no face models; make setup fetches them\n")
        return 3
    options.report.parent.mkdir(parents=True, exist_ok=True)
    parts = []
    if options.lfw is None or not (options.lfw / "pairs.csv").is_file():
        parts.append("(no photographs: KIOSK_FACE_PHOTOS names no folder with pairs.csv; comparison not measured)\n")
    else:
        parts.append(photographs_report(options.lfw, options.pictures))
    if options.count:
        parts.append(liveness_report(tries(options.count, kept_in(options.report.parent))))
    text = "\n".join(parts)
    options.report.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


def _from_environment() -> Path | None:
    named = os.environ.get("KIOSK_FACE_PHOTOS")
    return Path(named) if named else None


if __name__ == "__main__":
    raise SystemExit(main())
