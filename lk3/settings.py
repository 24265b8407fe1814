"""Settings: name, default and help of each, read from the environment or `.streamlit/secrets.toml`.

A setting is read when it is asked for, so that a test or a server may change it at run time. The
environment wins over the file.
"""

import os
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lk3.errors import UserError

ROOT = Path(__file__).resolve().parent.parent
REFERENCE_DIR = ROOT / "data" / "reference"
SAMPLE_DIR = ROOT / "data" / "sample"


@dataclass(frozen=True)
class Setting:
    """One setting: the name of its variable, its default and a line of help."""

    name: str
    default: str
    help: str


SETTINGS = (
    Setting(
        "LK3_STORE",
        str(ROOT / "data" / "store"),
        "Where the versions are kept: a folder, or the URL of an object store.",
    ),
    Setting(
        "LK3_GEO_DIR",
        str(ROOT / "geo"),
        "The folder with the areas of the city: kelurahan.geojson, kelurahan.csv, spellings.csv.",
    ),
    Setting("LK3_ENGINE", "pandas", "What counts the cases: pandas, dask or spark."),
    Setting(
        "LK3_ENGINE_ADDRESS",
        "",
        "Address of its cluster: tcp://... (Dask), spark://... or sc://...; empty: this computer.",
    ),
    Setting(
        "LK3_ENGINE_FROM",
        "2000000",
        "From how many cases on the engine counts; fewer are counted by pandas, which is faster.",
    ),
    Setting("LK3_LANGUAGE", "id", "Language of the command line and of a new session: id or en."),
    Setting(
        "LK3_DIGEST_KEY",
        "",
        "Key of the digest that replaces register numbers; empty: made once, kept in the store.",
    ),
    Setting("LK3_MAX_UPLOAD_MB", "50", "Largest file that is read, in megabytes."),
    Setting("LK3_MAX_UNCOMPRESSED_MB", "500", "Most that a workbook may unpack to, in megabytes."),
    Setting(
        "LK3_MAX_CELLS",
        "22000000",
        "Most cells of a workbook, the blank ones between others included.",
    ),
    Setting("LK3_MAX_SECONDS", "300", "Longest time that the check of one file may take."),
    Setting(
        "LK3_INBOX",
        str(ROOT / "data" / "masuk"),
        "The watched folder: files that are dropped there wait on the Data page.",
    ),
    Setting(
        "LK3_INBOX_AUTO",
        "",
        "1: a file in the watched folder that leaves nothing to ask or to lose is saved by itself.",
    ),
    Setting(
        "LK3_SUPPRESS_BELOW",
        "5",
        "Counts of 1 up to one less than this number are hidden from the public audience.",
    ),
    Setting(
        "LK3_ROLES",
        "",
        "Who has which role once sign-in is set up: address=role; *@office.id=role; ...",
    ),
    Setting("LK3_ROLE_CLAIM", "", "Claim of the identity provider that holds the role, if any."),
    Setting("LK3_SESSION_HOURS", "8", "After so many hours a person has to sign in again."),
    Setting(
        "LK3_AUDIT",
        "",
        "Folder of the access log; empty: audit/ in the folder of the store, none in an object "
        "store.",
    ),
    Setting("LK3_AUDIT_MONTHS", "24", "After so many months lines of the access log are removed."),
    Setting(
        "LK3_KEEP_DAYS",
        "",
        "Age in days from which `purge` removes replaced data; empty: kept for ever.",
    ),
    Setting(
        "LK3_ALLOWED_HOSTS",
        "",
        "Host names under which the dashboard may be opened, separated by commas; empty: any.",
    ),
)
_BY_NAME = {setting.name: setting for setting in SETTINGS}


@lru_cache(maxsize=1)
def _secrets() -> dict[str, str]:
    path = ROOT / ".streamlit" / "secrets.toml"
    if not path.is_file():
        return {}
    values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    return {name: str(value) for name, value in values.items() if not isinstance(value, dict)}


def get(name: str) -> str:
    """The value of a setting as text. Raises KeyError for a name that is not in `SETTINGS`."""
    setting = _BY_NAME[name]
    return os.environ.get(name) or _secrets().get(name) or setting.default


def get_int(name: str) -> int:
    """The value of a setting as a whole number. Raises UserError if it is not one."""
    value = get(name)
    try:
        return int(value)
    except ValueError:
        raise UserError(
            f"Pengaturan {name} berisi '{value}'; seharusnya bilangan bulat. Perbaiki nilainya."
        ) from None
