"""Modules are named after what they hold. What has no name of its own takes everybody's changes."""

from tests.architecture.source import ROOT, checks, product

NAMELESS = {
    "base", "bases", "common", "core", "helper", "helpers", "manager", "managers", "misc", "shared", "util", "utils",
}  # fmt: skip


def test_no_module_or_package_is_a_catch_all() -> None:
    modules = (*product(), *checks())
    assert [str(module.path) for module in modules if NAMELESS & set(module.name.split("."))] == []


def test_what_our_own_camera_finds_is_never_called_an_authorisation() -> None:
    """医保实人认证 is the certified terminal's and the platform's word; ours says that somebody is there."""
    rooms = ("devices/face", "devices/sim/face", "screens/face")
    files = [path for room in rooms for path in (ROOT / room).rglob("*.*")]
    files += [
        ROOT / "kiosk" / room for room in ("flow/face.py", "flow/face_states.py", "engine/face.py", "ports/face.py")
    ]
    said = {path: path.read_text(encoding="utf-8") for path in files if path.suffix in {".py", ".qml"}}
    assert len(said) > 30
    assert [str(path) for path, text in said.items() if "实人认证" in text] == []
    for path in (ROOT / "config" / "texts").glob("*.toml"):
        face = path.read_text(encoding="utf-8").partition("[face]")[2].partition("[fault.C01]")[0]
        assert face
        assert "认证" not in face
        assert "certif" not in face.lower()
