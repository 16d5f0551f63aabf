"""What nobody may find of the invented people, how it may be spelt, and a search for it in what was said or written."""

from __future__ import annotations

import io
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pypdf

from kiosk.installed import config_dir


def people() -> dict[str, str]:
    """What nobody may find, and what it is: names, numbers, serials, tokens."""
    found: dict[str, str] = {}
    for path in sorted((config_dir() / "people").glob("*.toml")):
        person = tomllib.loads(path.read_text(encoding="utf-8"))
        card, platform = person.get("card", {}), person.get("platform", {})
        wanted = {
            "name": person.get("name"),
            "certificate": person.get("certno"),
            "card serial": card.get("serial"),
            "card number": card.get("number"),
            "psn_no": platform.get("psn_no"),
            "token": platform.get("ec_token"),
        }
        found |= {value: f"{path.stem}'s {what}" for what, value in wanted.items() if value}
    return found


def spellings(secret: str) -> Iterator[bytes]:
    """As a log, a file, a page or a message may write it."""
    for coding in ("utf-8", "gb18030", "utf-16-le"):
        yield secret.encode(coding)
    yield secret.encode("unicode_escape")  # as JSON writes it where ASCII is wanted


def read(path: Path) -> bytes:
    """A file as it lies there; of a PDF also the text of its pages, which lies there packed."""
    content = path.read_bytes()
    if path.suffix != ".pdf":
        return content
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return content + "\n".join(page.extract_text() for page in pages).encode()


def leaks(secrets: Mapping[str, str], texts: Mapping[str, bytes]) -> list[str]:
    """Each secret that stands in a text, as `place: whose`."""
    return [
        f"{place}: {whose}"
        for secret, whose in secrets.items()
        for place, text in texts.items()
        for spelling in spellings(secret)
        if spelling in text
    ]


def standing_alone(digits: str, texts: Mapping[str, bytes]) -> list[str]:
    """Where so few digits stand by themselves: inside of a longer number or a hash they are nobody's password."""
    alone = re.compile(rb"(?<![0-9A-Za-z])" + digits.encode("ascii") + rb"(?![0-9A-Za-z])")
    return [place for place, text in texts.items() if alone.search(text)]
