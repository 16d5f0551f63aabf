"""Puts the data of `config/` into the wheel as `kiosk/config`; an editable installation reads it from the checkout."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ConfigData(BuildHookInterface):
    """Exists because a plain `force-include` also copies the files into editable installations, where they go stale."""

    PLUGIN_NAME = "config-data"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "standard":
            build_data["force_include"]["config"] = "kiosk/config"
