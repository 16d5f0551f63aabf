"""The pages a patient touches, in Qt Quick. The only importer of PySide6.

Decides nothing: a page shows the state it is given and returns intents. Each topic has a folder with `Page.qml`
beside `page.py`.
"""
