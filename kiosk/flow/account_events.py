"""What a person decides about accounts, their own and a relative's; either way the bills are quoted anew."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AccountChosen:
    """Whether the account's money is used for these bills."""

    use: bool


@dataclass(frozen=True, slots=True)
class FamilyChosen:
    """Whether the account of a relative who lets them is used, where the province has a field for that."""

    use: bool


AccountIntent = AccountChosen | FamilyChosen
