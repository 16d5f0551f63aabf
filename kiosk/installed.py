"""Where the data that comes with the kiosk lies, in a checkout and in an installed wheel alike."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def config_dir() -> Path:
    """The shipped `config/` folder: `kiosk.toml`, `sites/`, `packs/`, `people/`, `texts/`.

    A wheel carries it inside this package; a checkout keeps it beside the packages, where people edit it. Raises
    `FileNotFoundError` when neither exists, which means a broken installation and not a wrong setting.
    """
    places = (_PACKAGE / "config", _PACKAGE.parent / "config")
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(f"the installation is incomplete: no data in {places[0]} or {places[1]}")
