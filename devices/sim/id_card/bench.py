"""What each request does to the ID card reader and the cards before it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, assert_never

from devices.sim import requests
from devices.sim.card.people import Holder
from devices.sim.id_card.contents import portrait, text_of
from devices.sim.id_card.plate import LaidCard
from devices.sim.id_card.reader import SimulatedIdReader, Spoilt
from devices.sim.loop import Loop
from devices.sim.pacing import Line

IdRequest = requests.Lay | requests.Lift | requests.IdReader | requests.Spoil


class IdBench:
    """`holder_of` finds a person by key, `chip_of` the drawn picture on their card; both raise what the asker hears."""

    def __init__(
        self,
        loop: Loop,
        link: Path,
        changed: Callable[[str], None],
        holder_of: Callable[[str], Holder],
        chip_of: Callable[[str], bytes],
    ) -> None:
        self._holder_of, self._chip_of = holder_of, chip_of
        self.reader = SimulatedIdReader(loop, link, changed)

    def obey(self, request: IdRequest) -> dict[str, Any]:
        match request:
            case requests.Lay():
                self._lay(request)
            case requests.Lift():
                self.reader.plate.lift()
            case requests.IdReader():
                self._set(request)
            case requests.Spoil():
                self.reader.spoilt = Spoilt(request.kind, request.answer, request.at)
            case _ as never:
                assert_never(never)
        return {}

    def _lay(self, request: requests.Lay) -> None:
        holder = self._holder_of(request.person)
        if request.name is not None:
            holder = holder.model_copy(update={"name": request.name})
        text = text_of(holder, request.layout, long_term=request.long_term, flaw=request.flaw)
        picture = portrait() if request.picture == "none" else self._chip_of(request.person)
        self.reader.lay(LaidCard(text, picture, request.flaw, request.lift_at))

    def _set(self, request: requests.IdReader) -> None:
        reader, line = self.reader, self.reader.line
        reader.line = Line(
            baud=request.baud or line.baud,
            fragment=request.fragment or line.fragment,
            pause_ms=line.pause_ms if request.pause_ms is None else request.pause_ms,
        )
        reader.module = request.module or reader.module
        reader.silent = reader.silent if request.silent is None else request.silent
        reader.read_ms = reader.read_ms if request.read_ms is None else request.read_ms
        if request.finds_again is not None:
            reader.plate.finds_again = request.finds_again
        if request.plugged is not None:
            (reader.plug if request.plugged else reader.unplug)()

    def state(self) -> dict[str, Any]:
        reader = self.reader
        return {
            "plugged": reader.plugged,
            "cards": len(reader.plate.cards),
            "baud": reader.line.baud,
            "asked": reader.asked,
            "violations": list(reader.violations),
        }

    def reset(self) -> None:
        self.reader.unplug()
        self.reader.renew()
        self.reader.plug()

    def close(self) -> None:
        self.reader.unplug()
