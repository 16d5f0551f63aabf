"""A far party with a reply for each path: a JSON object, raw bytes, an action on the connection, or a list used up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from settlement.wire.codec import decode, encode
from tests.support.far_end import Conversation, Received, says


@dataclass
class ScriptedFace:
    """An object may be a function of what was asked."""

    replies: dict[str, Any]
    heard: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def __call__(self, conversation: Conversation, request: Received) -> None:
        asked = decode(request.body)
        self.heard.append((request.path, asked))
        reply = self.replies[request.path]
        if isinstance(reply, list):
            reply = reply.pop(0)
        if isinstance(reply, Mapping):
            reply = says(encode({name: value(asked) if callable(value) else value for name, value in reply.items()}))
        reply(conversation, request)


def echo(name: str) -> Any:
    """The value the request had under `name`."""

    def value(asked: dict[str, Any]) -> Any:
        return asked[name]

    return value
