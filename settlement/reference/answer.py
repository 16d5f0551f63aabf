"""What a face of the backend says to one HTTP request."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus


@dataclass(frozen=True, slots=True)
class Answer:
    """JSON and its status. Refusals of business are 200; other statuses mean that the request itself was wrong."""

    body: bytes
    status: HTTPStatus = HTTPStatus.OK
