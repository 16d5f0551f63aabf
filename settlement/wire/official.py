"""5260, 5265, 5269 and 5270: the platform's own 医保结算单 of one settlement.

The numbers are provincial, and no field list of theirs is at hand: what is asked is what names a settlement everywhere
else, and where the answer holds the sheet is the province's profile (`settlement.official`).
"""

from __future__ import annotations

from settlement.wire.codec import Message
from settlement.wire.values import Text, Text30, Text200


class OfficialSheet(Message):
    psn_no: Text30
    setl_id: Text30


class OfficialSheetInput(Message):
    data: OfficialSheet


class SheetFile(Message):
    """A file that 9102 fetches, where the answer names one in place of the sheet itself."""

    file_qury_no: Text
    filename: Text200
