"""The peer of the start: the least a QML application in Python can be. One page, one button, our two font files.

Imports nothing of ours, and says READY=1 like ours after its first frame.
"""

from __future__ import annotations

import os
import socket
import sys
from typing import cast

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

PAGE = b"""
import QtQuick
import QtQuick.Templates as T

Window {
    width: 1080
    height: 1920

    Text {
        x: 64
        y: 640
        text: "\xe8\xaf\xb7\xe6\x8f\x92\xe5\x85\xa5\xe7\xa4\xbe\xe4\xbc\x9a\xe4\xbf\x9d\xe9\x9a\x9c\xe5\x8d\xa1"
        font.pixelSize: 96
    }

    T.Button {
        id: button

        objectName: "target"
        x: 64
        y: 1200
        width: 952
        height: 200
        background: Rectangle { color: button.down ? "#004d40" : "#00796b" }
        contentItem: Text { text: "\xe9\x97\xa8\xe8\xaf\x8a\xe7\xbc\xb4\xe8\xb4\xb9"; font.pixelSize: 64 }
    }
}
"""


def opened(fonts: list[str]) -> tuple[QQmlApplicationEngine, QQuickWindow]:
    """The window, not yet shown."""
    for path in fonts:
        QFontDatabase.addApplicationFont(path)
    engine = QQmlApplicationEngine()
    engine.loadData(PAGE)
    return engine, cast(QQuickWindow, engine.rootObjects()[0])


def _ready() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"READY=1", os.environ["NOTIFY_SOCKET"])
    QTimer.singleShot(0, QGuiApplication.quit)


def main(fonts: list[str]) -> int:
    application = QGuiApplication([])
    engine, window = opened(fonts)
    window.frameSwapped.connect(_ready)
    window.showFullScreen()
    code = application.exec()
    del engine
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
