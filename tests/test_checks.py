"""The checks of the code are part of the test run: form, likely mistakes, types, layers."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from lk3.settings import ROOT

TOOLS = Path(sys.executable).parent
SCANNED = ("lk3", "pages", "dashboard.py", "run.py")
CHECKS = {
    "ruff finds no mistake": ["ruff", "check", "."],
    "ruff has nothing to format": ["ruff", "format", "--check", "."],
    "mypy finds no wrong type": ["mypy"],
    "mypy finds no wrong type in run.py": ["mypy", "run.py"],
    "bandit finds nothing dangerous": ["bandit", "-q", "-r", "-c", "pyproject.toml", *SCANNED],
    "import-linter finds every layer above what it uses": ["lint-imports", "--no-cache"],
}


@pytest.mark.parametrize("command", CHECKS.values(), ids=CHECKS.keys())
def test_check(command):
    tool, *options = command

    done = subprocess.run(
        [TOOLS / tool, *options], cwd=ROOT, capture_output=True, text=True, check=False
    )

    sys.stdout.write(done.stdout + done.stderr)  # pytest shows it if the check fails
    assert done.returncode == 0, " ".join(command)


PINS = ("requirements.txt", "requirements-dev.txt")
KNOWN_TO_BE_WEAK = "pyyaml==5.3"  # CVE-2020-14343: a service that does not know it knows nothing
ACCEPTED: dict[str, str] = {}  # identifier of a weakness -> why it does not matter here


def test_no_pinned_version_has_a_published_weakness(tmp_path):
    if not weaknesses_of([KNOWN_TO_BE_WEAK], tmp_path):
        pytest.skip("not audited: the service that knows published weaknesses is out of reach")
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in PINS]
    pins = re.findall(r"^[\w.-]+(?:\[[\w,]+\])?==[\w.]+$", "\n".join(texts), re.MULTILINE)

    found = weaknesses_of(pins, tmp_path)

    assert [line for line in found if line.split()[1] not in ACCEPTED] == []


def weaknesses_of(pins, folder):
    """What pip-audit finds, a line each; none when it cannot ask."""
    listed = folder / "pins.txt"
    listed.write_text("\n".join(pins), encoding="utf-8")
    options = ["--no-deps", "--disable-pip", "--timeout", "10", "--progress-spinner", "off"]
    done = subprocess.run(
        [TOOLS / "pip-audit", "-r", listed, "-f", "json", *options],
        capture_output=True,
        text=True,
        check=False,
    )
    if not done.stdout.startswith("{"):
        return []
    return [
        f"{package['name']}=={package['version']} {weakness['id']} {weakness['fix_versions']}"
        for package in json.loads(done.stdout)["dependencies"]
        for weakness in package.get("vulns", ())
    ]
