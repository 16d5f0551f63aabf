"""Room and direction for languages that are not here yet: texts twice as long, and pages from right to left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.flow.rules import Rules
from kiosk.installed import config_dir
from kiosk.messages import Catalogue, Texts
from screens.panel import Panel
from tests.screens.glass import Glass
from tests.screens.test_pages import flaws
from tests.support import services, states
from tests.support.gallery import stage

SAMPLES = states.samples() | services.samples()
PX_PER_MM = 1080 / 336
_KEPT = {"lang.direction", "typography.keep"}


def like_chinese(lang: str, change: Callable[[str, str], str]) -> Texts:
    """A language made from the Chinese sentences."""
    zh = Catalogue.read(config_dir() / "texts").of("zh")
    raw = {each: zh.say(each, **{name: f"{{{name}}}" for name in zh.placeholders(each)}) for each in zh}
    return Texts(lang, {each: change(each, sentence) for each, sentence in raw.items()})


def twice(message: str, sentence: str) -> str:
    """As long again; values are not said twice."""
    if message in _KEPT or message.startswith("when."):
        return sentence
    plain = sentence
    while "{" in plain:
        before, _, rest = plain.partition("{")
        plain = before + rest.partition("}")[2]
    return sentence + plain.strip("，。：？！（）; ")


def mirrored(message: str, sentence: str) -> str:
    return "rtl" if message == "lang.direction" else sentence


@pytest.fixture(scope="module")
def glass(typeface: QGuiApplication) -> Iterator[Glass]:
    catalogue = Catalogue(
        {"zh": like_chinese("zh", lambda _id, sentence: sentence)}
        | {lang: like_chinese(lang, change) for lang, change in (("xl", twice), ("xr", mirrored))}
    )
    panel = Panel(replace(stage(), texts=catalogue), animated=False, shield_ms=0)
    panel.open(fullscreen=False)
    yield Glass(panel, [])
    panel.close()


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("lang", ["xl", "xr"], ids=["twice as long", "from right to left"])
def test_a_page_is_whole(glass: Glass, sample: str, lang: str) -> None:
    glass.show(replace(SAMPLES[sample], rules=replace(SAMPLES[sample].rules, languages=("zh", "xl"))), lang)
    glass.picture()
    assert "\n".join(flaws(glass, PX_PER_MM)) == ""


def test_from_right_to_left_the_way_on_is_at_the_left(glass: Glass) -> None:
    rules = Rules(languages=("zh",))
    glass.show(replace(SAMPLES["confirming"], rules=rules))
    onward, out = glass.button("确认支付").place, glass.button("不支付").place
    assert out.right() < onward.left()
    glass.show(replace(SAMPLES["confirming"], rules=rules), "xr")
    onward, out = glass.button("确认支付").place, glass.button("不支付").place
    assert onward.right() < out.left()
