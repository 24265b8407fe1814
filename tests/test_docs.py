import re

import pytest

from lk3.access import roles
from lk3.settings import ROOT
from lk3.ui.navigation import PAGES


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_dependency_is_pinned_exactly_and_has_a_reason(name):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if line and not line.startswith(("#", "-r "))]
    assert wanted
    assert [
        line for line in wanted if not re.fullmatch(r"[\w.-]+(\[[\w,]+\])?==[\w.]+", line)
    ] == []
    decisions = (ROOT / "docs" / "decisions.md").read_text(encoding="utf-8")
    reasons = dict(re.findall(r"^\| ([\w.-]+) \| [^|]+ \| ([^|]+) \|$", decisions, re.MULTILINE))
    names = {re.split(r"[\[=]", line)[0] for line in wanted}
    assert names - set(reasons) == set()


def test_every_reason_is_for_a_dependency_that_is_still_used():
    decisions = (ROOT / "docs" / "decisions.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| ([\w.-]+) \| [^|]+ \| [^|]+ \|$", decisions, re.MULTILINE))
    pins = "".join(
        (ROOT / name).read_text(encoding="utf-8")
        for name in ("requirements.txt", "requirements-dev.txt")
    )
    assert explained - set(re.findall(r"^([\w.-]+)[\[=]", pins, re.MULTILINE)) == set()


def test_the_table_of_roles_names_the_pages_that_each_does_not_open():
    text = (ROOT / "docs" / "sign-in.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", text, re.MULTILINE))
    closed = {
        key: ", ".join(page.title for page in PAGES if not role.opens(page.key)) or "–"
        for key, role in roles().items()
    }
    assert told == closed
