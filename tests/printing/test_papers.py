"""That each kind of paper can be looked at: the list of pictures is whole, and each of them is made."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest
from PIL import Image, ImageStat

from kiosk.domain.paper import Line, Slip
from kiosk.ports.documents import Documents
from tests.support import papers
from tests.support.paid_bills import MM80
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


@pytest.mark.parametrize(("lang", "words"), [("zh", "不作报销凭证"), ("en", "不作报销凭证")])
def test_no_paper_about_paid_money_passes_for_a_voucher(lang: str, words: str) -> None:
    """Slip and A4, first print and reprint, settled, refunded and still in doubt."""
    paper, about = maker(lang), {"receipt", "pending_slip", "refunded_slip", "claim_slip", "statement"}
    for name, kind in KINDS.items():
        if kind.maker not in about:
            continue
        made = kind.make(paper, MM80)
        if isinstance(made, Slip):
            said = ["".join(item.text for item in made.items if isinstance(item, Line))]
        else:
            said = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages]
        assert all(words in each for each in said), name


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
