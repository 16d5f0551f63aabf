"""Puts the data of `config/` inside the wheel at `kiosk/config`; an editable installation reads it from the checkout."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ConfigData(BuildHookInterface):
    """A plain `force-include` would also copy the files into the environment of an editable installation, where they go stale."""

    PLUGIN_NAME = "config-data"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "standard":
            build_data["force_include"]["config"] = "kiosk/config"
