"""9101 and 9102: files to the platform and from it."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from settlement.wire.codec import Message
from settlement.wire.values import Text, Text30, Text200, TextOrEmpty, Words


class Upload(Message):
    """`in` holds the file's bytes as Base64 text: how they are written is remembered, not confirmed."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    content: Words = Field(alias="in")
    filename: Text200
    fixmedins_code: Text30


class UploadInput(Message):
    """9101."""

    fsUploadIn: Upload


class UploadOutput(Message):
    """By `file_qury_no` later messages name the file."""

    file_qury_no: Text
    filename: TextOrEmpty = ""
    dld_endtime: TextOrEmpty = ""
    fixmedins_code: TextOrEmpty = ""


class Download(Message):
    file_qury_no: Text30
    filename: Text200
    fixmedins_code: Text30


class DownloadInput(Message):
    """9102. Answered by the file itself (application/octet-stream, a zip archive), not by an envelope."""

    fsDownloadIn: Download
