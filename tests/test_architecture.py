"""The shape of the house: what lives where, how large it may grow, what it may not know."""

import ast
import csv
import re
import tomllib
from pathlib import Path

import pytest

from lk3.figures import template
from lk3.settings import ROOT, SETTINGS

MODULES = sorted((ROOT / "lk3").rglob("*.py"))
PAGES = sorted((ROOT / "pages").rglob("*.py"))
CODE = [*MODULES, *PAGES, *ROOT.glob("*.py")]

LONGEST_MODULE = 400
LONGEST_PAGE = 60
LONGEST_FUNCTION = 60

UI = [ROOT / "lk3" / "ui"]
FIGURES = [ROOT / "lk3" / "figures", ROOT / "lk3" / "reports"]


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def lines_of(path):
    return path.read_text(encoding="utf-8").splitlines()


def imports_of(path):
    """The modules that a file imports, by their full names."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def users_of(library, *, among, beyond):
    """The files that import a library although they do not live in one of the folders `beyond`."""
    return [
        name_of(path)
        for path in among
        if not any(folder in path.parents for folder in beyond)
        if any(name.split(".")[0] == library for name in imports_of(path))
    ]


def functions_of(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node.end_lineno - node.lineno + 1


def requirements(file_name):
    lines = (line.split("#")[0].strip() for line in lines_of(ROOT / file_name))
    return [line for line in lines if line and not line.startswith("-r ")]


# --- What lives where ----------------------------------------------------------------------------


def test_streamlit_is_used_only_by_the_interface():
    assert users_of("streamlit", among=MODULES, beyond=UI) == []


def test_plotly_is_used_only_by_figures_and_the_writer_of_pages():
    assert users_of("plotly", among=CODE, beyond=FIGURES) == []


def test_powerpoint_is_used_only_by_its_writer():
    assert users_of("pptx", among=CODE, beyond=[ROOT / "lk3" / "reports"]) == []


def test_page_scripts_lie_one_folder_down():
    """Streamlit would serve a script directly in `pages/` past the sign-in."""
    assert PAGES
    assert {len(path.relative_to(ROOT / "pages").parts) for path in PAGES} == {2}


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_page_is_thin(path):
    assert len(lines_of(path)) <= LONGEST_PAGE


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_page_knows_only_the_interface(path):
    foreign = {name for name in imports_of(path) if not name.startswith("lk3.ui")}

    assert foreign == set()


@pytest.mark.parametrize("folder", ["data", "geo"])
def test_folder_of_facts_holds_no_code(folder):
    assert list((ROOT / folder).rglob("*.py")) == []


UNRELEASED = {"_context", "context", "cases_by", "closing_times_by", "count_cases", "compute_all"}


def reaches_unreleased(path):
    """What of a file could fetch a count past the disclosure: names of the makers of counts, and
    the rows of cases themselves.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            is_rows = node.attr == "cases" and getattr(node.value, "attr", "") == "tables"
            if node.attr in UNRELEASED or is_rows:
                yield node.attr
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("lk3."):
            names = {alias.name for alias in node.names}
            if node.module.startswith("lk3.counts") and names - {"Filter", "Period"}:
                yield node.module
            yield from names & UNRELEASED


REPORTS = sorted((ROOT / "lk3" / "reports").rglob("*.py"))
GATHERER = ROOT / "lk3" / "reports" / "material.py"  # it alone hands counts to the disclosure


@pytest.mark.parametrize("path", [p for p in REPORTS if p != GATHERER], ids=name_of)
def test_slides_and_writers_reach_no_count_that_is_not_released(path):
    assert list(reaches_unreleased(path)) == []


def test_the_gatherer_of_reports_does_reach_them():
    assert {"_context", "compute_all"} <= set(reaches_unreleased(GATHERER))


# --- How large it may grow -----------------------------------------------------------------------


def test_every_module_can_be_read_in_one_sitting():
    too_long = [name_of(path) for path in CODE if len(lines_of(path)) > LONGEST_MODULE]

    assert too_long == []


def test_no_function_is_too_long():
    too_long = [
        f"{name_of(path)}: {function} has {length} lines"
        for path in CODE
        for function, length in functions_of(path)
        if length > LONGEST_FUNCTION
    ]

    assert too_long == []


# --- What it may not know ------------------------------------------------------------------------


def local_names():
    """The names of the city and its areas, which only `geo/`, `data/` and the texts may hold."""
    with (ROOT / "geo" / "kelurahan.csv").open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    city = (ROOT / "geo" / "city.csv").read_text(encoding="utf-8")
    words = {word for row in rows for word in (row["name"], row["district"], row["code"])}
    return {*words, *re.findall(r"\bBontang\b", city)}


def test_code_does_not_know_the_city():
    """A docstring may take an example from a real sheet; what runs may not."""
    names = re.compile(r"\b(" + "|".join(map(re.escape, local_names())) + r")\b")

    found = [
        f"{name_of(path)}: {text}" for path in CODE for text in texts_of(path) if names.search(text)
    ]

    assert found == []


def texts_of(path):
    """The texts that a program works with: its string constants without the docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    remarks = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in remarks
        ):
            yield node.value


# --- What must be said ---------------------------------------------------------------------------


@pytest.mark.parametrize("file_name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_are_pinned_exactly(file_name):
    loose = [line for line in requirements(file_name) if not re.fullmatch(r"[\w.-]+==[\w.]+", line)]

    assert loose == []


def test_every_library_is_justified():
    decisions = (ROOT / "docs" / "decisions.md").read_text(encoding="utf-8")

    names = [line.split("==")[0] for line in requirements("requirements.txt")]
    unexplained = [n for n in names if not re.search(rf"\b{re.escape(n)}\b", decisions, re.I)]

    assert unexplained == []


def test_every_setting_is_in_the_readme_as_the_code_has_it():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    missing = [
        setting.name
        for setting in SETTINGS
        if f"| `{setting.name}` | {shown_default(setting)} | {setting.help} |" not in readme
    ]

    assert missing == []


def shown_default(setting):
    """A default as the README shows it: folders seen from the repository."""
    if not setting.default:
        return ""
    path = Path(setting.default)
    return f"`{name_of(path) + '/' if path.is_absolute() else setting.default}`"


def test_upload_limit_is_the_same_for_streamlit_and_for_the_reader():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    (limit,) = (s.default for s in SETTINGS if s.name == "LK3_MAX_UPLOAD_MB")

    assert config["server"]["maxUploadSize"] == int(limit)


def test_server_listens_only_to_its_own_computer_and_tells_nobody():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))

    assert config["server"]["address"] == "localhost"
    assert config["browser"]["gatherUsageStats"] is False
    assert config["client"]["showErrorDetails"] == "none"


def test_pages_and_figures_share_their_colours():
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))[
        "theme"
    ]

    assert theme["primaryColor"] == template.ACCENT
    assert theme["textColor"] == template.INK
    assert theme["backgroundColor"] == template.PAPER
