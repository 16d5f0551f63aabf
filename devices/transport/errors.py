"""What can go wrong on a cable. A driver catches these at its edge and turns them into values; nobody else sees them.

TransportError
├── DeviceGoneError     no device, reader or service, or it went away
├── CardGoneError       the card left the reader
├── CardMuteError       the card does not answer the reader
├── GarbledError        the far end answers what is no answer
└── InterruptedTransferError   cancelled, or the deadline came
"""

from __future__ import annotations


class TransportError(Exception):
    """Base of all of them."""


class DeviceGoneError(TransportError):
    """The device cannot be reached, or no longer; the text is the system's and holds no data."""


class CardGoneError(TransportError):
    """The card was pulled out."""


class CardMuteError(TransportError):
    """The card gives no answer to reset, or falls silent."""


class GarbledError(TransportError):
    """Bytes came that mean nothing; the text says what they are not, and repeats none of them."""


class InterruptedTransferError(TransportError):
    """Cancelled or out of time; `sent` says how many bytes had left by then."""

    def __init__(self, sent: int = 0) -> None:
        super().__init__(f"{sent} bytes sent")
        self.sent = sent
