"""One module registers fonts: reportlab keeps one object a face, and the first of a process decides every document."""

import ast

from tests.architecture.source import checks, product


def test_only_the_embedded_typeface_registers_fonts() -> None:
    registering = {
        str(module.path)
        for module in (*product(), *checks())
        for node in module.nodes()
        if isinstance(node, ast.Attribute) and node.attr == "registerFont"
    }
    assert registering == {"kiosk/fonts/embedded.py"}
