"""What only the reference backend has, besides `hospital.DEMO_BILL`: being told to misbehave while it runs."""

from __future__ import annotations

from settlement.wire.codec import Message

MISBEHAVE = "/demo/misbehave"


class Misbehave(Message):
    """`spec` has the grammar of `--misbehave` and takes its place; counting begins anew. Empty: good behaviour."""

    spec: str = ""
