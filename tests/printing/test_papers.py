"""That each kind of paper can be looked at: the list of pictures is whole, and each of them is made."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageStat

from kiosk.domain.paper import Slip
from kiosk.ports.documents import Documents
from tests.support import papers
from tests.support.papers import KINDS, LANGUAGES, SHAPES, maker

BESIDE = {"": 1}
"""The sheet that the platform makes, which is none of ours."""


def test_every_maker_of_paper_has_its_picture() -> None:
    makers = {name for name in vars(Documents) if not name.startswith("_")}
    assert {kind.maker for kind in KINDS.values()} == makers | BESIDE.keys()
    assert sum(not kind.maker for kind in KINDS.values()) == BESIDE[""]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_two_papers_are_the_same(lang: str) -> None:
    """A kind that looks as another does is not looked at; a method that is told of is the one that makes it."""
    paper = maker(lang)
    for shape in SHAPES:
        made = {name: kind.make(paper, shape) for name, kind in KINDS.items()}
        assert len(set(made.values())) == len(KINDS)
        assert all(isinstance(each, Slip | bytes) for each in made.values())


def test_pictures_have_ink_on_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few = {name: KINDS[name] for name in ("receipt", "admission", "statement-stay", "official")}
    monkeypatch.setattr(papers, "KINDS", few)
    painted = list(papers.paint(tmp_path))
    assert {path.relative_to(tmp_path).as_posix() for path in painted} >= {
        "zh/receipt-58.png", "en/receipt-80.png", "zh/statement-stay-2.png", "en/official-1.png",
    }  # fmt: skip
    for path in painted:
        with Image.open(path) as picture:
            assert 1 < ImageStat.Stat(picture.convert("L")).mean[0] < 254
