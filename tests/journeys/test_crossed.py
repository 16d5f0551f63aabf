"""A front that crosses two answers: whoever stands here sees nothing of somebody else's, and nothing of it stays."""

from __future__ import annotations

import json
from pathlib import Path

from kiosk.faults import FaultCode
from tests.support.forking import Forge
from tests.support.house import House, house

_THEIRS = "111111198101011110"
"""Zhang San, the first of the invented people: whose bill a crossed answer brings to anybody else."""
_SHIPPED = Path(__file__).parents[2] / "config" / "visits"


def _script(folder: Path) -> str:
    path = folder / "lihong.toml"
    quick = (_SHIPPED / "quick.toml").read_text(encoding="utf-8")
    path.write_text(quick.replace("zhangsan", "lihong").replace('bill = "ct"\n', ""), encoding="utf-8")
    return str(path)


def _bills_of_others(home: House) -> list[str]:
    return [str(row["batch_no"]) for row in home.ledger("SELECT batch_no FROM bills WHERE certno = ?", _THEIRS)]


def test_nobody_elses_bill_is_on_a_page_on_paper_or_in_a_log(forge: Forge, tmp_path: Path) -> None:
    with house(tmp_path, forge, "hospital.bills@1:crossed;hospital.bills@2:crossed-inside") as home:
        crossed = [home.visit(name=_script(tmp_path)) for _ in range(2)]
        theirs = ["张三", *_bills_of_others(home)]
        told = "".join(json.dumps(ended.answer) + "".join(ended.lines + ended.errors) for ended in crossed)
        kept = b"".join(path.read_bytes() for path in (tmp_path / "kiosk").rglob("*") if path.is_file())
        sound = home.visit(name=_script(tmp_path))
    assert len(theirs) == 3, "the front had a bill of somebody else's to tell, twice"
    for answer in (ended.answer for ended in crossed):
        assert (answer["fault"], answer["batches"], answer["paper"]) == (FaultCode.REPLY_BROKEN, [], [])
        assert answer["states"][answer["states"].index("FindingBills") + 1] == "Failed"
    assert [one for one in theirs if one in told or one.encode() in kept] == []
    assert sound.answer["outcome"] == "settled", "the next one finds their own"
