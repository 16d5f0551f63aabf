"""Modules are named after what they hold. What has no name of its own takes everybody's changes."""

from tests.architecture.source import checks, product

NAMELESS = {
    "base", "bases", "common", "core", "helper", "helpers", "manager", "managers", "misc", "shared", "util", "utils",
}  # fmt: skip


def test_no_module_or_package_is_a_catch_all() -> None:
    modules = (*product(), *checks())
    assert [str(module.path) for module in modules if NAMELESS & set(module.name.split("."))] == []
