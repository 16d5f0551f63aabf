"""Codes a patient may hold before the scanner, by what comes of them at the simulated payment service.

The service reads its behaviour from the sixth digit of a WeChat (13) or Alipay (28) code; docs/backend.md lists them.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

_LENGTH = 18


@dataclass(frozen=True, slots=True)
class Preset:
    """One code to show: how it begins, and whether figures fill it up to a payment code."""

    key: str
    name: str
    hint: str
    begins: str
    filled: bool = True


PRESETS = (
    Preset("wechat", "微信付款码", "付款成功", "13450"),
    Preset("alipay", "支付宝付款码", "付款成功", "28450"),
    Preset("insufficient", "余额不足", "付款被拒绝", "130001"),
    Preset("expired", "过期的付款码", "请顾客刷新", "130002"),
    Preset("slow", "要输密码", "查询几次后付款成功", "130003"),
    Preset("never", "一直不付", "等到超时", "130005"),
    Preset("late", "关单以后才到账", "应当退款", "130004"),
    Preset("foreign", "不是付款码", "一个网址", "https://example.invalid/not-a-payment-code", filled=False),
)


def fresh(preset: Preset) -> str:
    """A code nobody showed before: real ones change every minute."""
    if not preset.filled:
        return preset.begins
    return preset.begins + "".join(secrets.choice("0123456789") for _ in range(_LENGTH - len(preset.begins)))
