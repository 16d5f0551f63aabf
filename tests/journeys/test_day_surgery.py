"""Day surgery where the HIS settles: its psn_setlway 02 reaches the platform through both of them."""

from pathlib import Path

from kiosk.installed import config_dir
from tests.support.forking import Forge
from tests.support.house import house


def test_day_surgery_is_settled_as_the_fixed_sum_its_hospital_says(forge: Forge, tmp_path: Path) -> None:
    """By item the own part would be another: that it is the fixed sum's shows that 02 came through."""
    with house(tmp_path, forge, config=config_dir() / "sites" / "his.toml") as home:
        ended = home.visit(name="day-surgery")
        assert ended.code == 0, (ended.lines, ended.errors[-3:])
        assert ended.answer["states"][-1] == "Farewell"
        amounts = ended.answer["amounts"]
        assert (amounts["acct_pay"] + amounts["psn_cash_pay"], amounts["fund_pay_sumamt"]) == (90000, 210000)
        stay = home.entries()[ended.answer["sid"]].plan.batch.stay
        assert stay is not None
        assert stay.setlway == "02"
