"""The kit's own runs do without the tools of this house, which take longer to load than a vendor's run takes."""

from typing import Final

BARE: Final = ("-p", "no:pytest-qt", "-p", "no:xdist", "-p", "no:hypothesispytest")
"""Options of a vendor's pytest, on which nothing but the kit is installed."""
