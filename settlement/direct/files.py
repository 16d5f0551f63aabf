"""9101 and 9102, and the two transactions they serve: the day's totals (3201) and the list of differences (3202)."""

from __future__ import annotations

import base64

from kiosk.faults import FaultCode
from kiosk.ports.answers import Refused
from kiosk.ports.driver import PartyHost
from kiosk.ports.settlement import Failure
from settlement.direct.asking import AnswerT, Asking
from settlement.wire.codec import read
from settlement.wire.files import Download, DownloadInput, UploadInput, UploadOutput
from settlement.wire.reconciliation import (
    Details,
    DetailsFile,
    DetailsInput,
    DetailsOutput,
    Totals,
    TotalsInput,
    TotalsOutput,
    Verdict,
)


class Files:
    """Files of the institution at the platform. Nothing here moves money, so all of it may be done again."""

    def __init__(self, asking: Asking, host: PartyHost) -> None:
        self._asking, self._code = asking, host.fixmedins_code

    def upload(self, name: str, content: bytes) -> UploadOutput | Failure:
        """9101; the answer's file_qury_no names the file from now on."""
        text = base64.b64encode(content).decode()

        def compose() -> UploadInput:
            return read(UploadInput, {"fsUploadIn": {"in": text, "filename": name, "fixmedins_code": self._code}})

        return _classified(self._asking.told("9101", compose, UploadOutput))

    def download(self, file_qury_no: str, name: str) -> bytes | Failure:
        """9102: an archive of one table."""

        def compose() -> DownloadInput:
            told = Download(file_qury_no=file_qury_no, filename=name, fixmedins_code=self._code)
            return DownloadInput(fsDownloadIn=told)

        return _classified(self._asking.fetch("9102", compose))

    def compare_totals(self, totals: Totals) -> Verdict | Failure:
        """3201."""
        told = self._asking.told("3201", lambda: TotalsInput(data=totals), TotalsOutput)
        return told.stmtinfo if isinstance(told, TotalsOutput) else _classified(told)

    def compare_details(self, details: Details) -> DetailsFile | Failure:
        """3202: the file to download."""
        told = self._asking.told("3202", lambda: DetailsInput(data=details), DetailsOutput)
        return told.fileinfo if isinstance(told, DetailsOutput) else _classified(told)


def _classified(answer: AnswerT | Failure) -> AnswerT | Failure:
    if isinstance(answer, Refused) and answer.fault is not FaultCode.SIGN_IN_REFUSED:
        return Refused(FaultCode.INQUIRY_REFUSED, answer.reason)
    return answer
