"""The length of a slip as the encoder's bytes make it: counted by the simulated printer, which measures its paper."""

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from devices.drivers import escpos_printer
from devices.sim.client import Simulator
from devices.wire.paper_length import qr_modules, slip_millimetres
from kiosk.domain.paper import Cut, Feed, Line, PaperItem, Qr, Raster, Rule, Slip
from kiosk.ports.cancellation import Cancel
from kiosk.ports.clock import Monotonic
from kiosk.ports.driver import Host
from kiosk.ports.receipt_printer import SlipPrinted
from tests.devices.support.simulator import Running

ITEMS: tuple[PaperItem, ...] = (
    Line("甲" * 10),
    Line("乙", scale=2),
    Rule(),
    Rule(heavy=True),
    Raster(64, 100, b"\xaa" * 800),
    Feed(3),
    Qr("https://example.invalid/1", module=6),
)


@pytest.mark.parametrize("items", [ITEMS, ITEMS * 3, ITEMS[:2], ITEMS[4:5]], ids=["all", "long", "text", "picture"])
def test_what_is_counted_is_what_comes_out(
    sim: Running, simulator: Simulator, host: Host, items: tuple[PaperItem, ...]
) -> None:
    settings = escpos_printer.EscposSettings(address=sim.ready["printer"])
    printer = escpos_printer.simulated.make(settings, host)
    slip = Slip(printer.shape, (*items, Cut()))
    printer.open()
    for _ in range(2):  # the first is longer by what hung before the blade
        assert printer.print(slip, Monotonic(host.clock.monotonic() + 20), Cancel()) == SlipPrinted()
    printer.close()
    paper = simulator.printed()[-1]
    assert slip_millimetres(slip) == pytest.approx(paper.length_mm, abs=2)


@given(st.text("abcdefghijklmnop0123456789:/.", min_size=1, max_size=400))
def test_the_side_of_a_code_is_that_of_another_library(content: str) -> None:
    drawn = segno.make(content, error="m", mode="byte", boost_error=False, micro=False)
    assert qr_modules(content) == drawn.symbol_size(border=0)[0]
