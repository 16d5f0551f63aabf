"""Words that wish somebody well: kind at a pharmacy, cruel to whoever settles the bill of a relative who has died."""

from __future__ import annotations

import re

_WISHES = re.compile(
    r"康复|早日|祝您|祝你|祝愿|敬祝|恭喜|平安|吉祥|幸福|快乐|一切顺利|身体健康|欢迎(您)?再|下次再来|期待.*再"
    r"|get well|get better|feel better|recover|wish(es)? you|best wishes|congratulat|good health|healthy"
    r"|welcome (back|again)|see you (soon|next)|have a (good|nice)|all the best",
    re.IGNORECASE,
)


def wished(text: str) -> list[str]:
    """Every such word in it."""
    return [found.group() for found in _WISHES.finditer(text)]
