"""What keeps a command from its work and is nobody's defect."""

from __future__ import annotations


class Obstacle(Exception):
    """Something outside is in the way; the text names it and says what to do. The command ends with 3, untraced."""
