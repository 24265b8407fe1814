"""The checks of the code are part of the test run: form, likely mistakes, types, layers."""

import subprocess
import sys
from pathlib import Path

import pytest

from lk3.settings import ROOT

TOOLS = Path(sys.executable).parent
CHECKS = {
    "ruff finds no mistake": ["ruff", "check", "."],
    "ruff has nothing to format": ["ruff", "format", "--check", "."],
    "mypy finds no wrong type": ["mypy"],
    "mypy finds no wrong type in run.py": ["mypy", "run.py"],
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
