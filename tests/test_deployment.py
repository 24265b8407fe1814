"""The files that an office is given for its server: they name what exists."""

import re
import shutil
import subprocess

import pytest

from lk3.settings import ROOT, SETTINGS

UNIT = ROOT / "deploy" / "systemd" / "lk3@.service"


def test_the_environment_names_settings_that_exist():
    text = (ROOT / "deploy" / "lk3.env").read_text(encoding="utf-8")
    names = re.findall(r"^(LK3_\w+)=", text, re.MULTILINE)
    assert names
    assert set(names) <= {setting.name for setting in SETTINGS}


def test_what_is_deployed_is_documented_and_what_is_documented_is_there():
    text = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
    files = [p for p in (ROOT / "deploy").rglob("*") if p.is_file()]
    named = set(re.findall(r"`(deploy/[^`]+\.\w+)`", text))
    assert {str(p.relative_to(ROOT).as_posix()) for p in files} == named


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
def test_systemd_understands_the_unit(tmp_path):
    there = UNIT.read_text(encoding="utf-8").replace("/opt/lk3/.venv/bin/python", "/bin/true")
    there = there.replace("/usr/bin/curl", "/bin/true")
    (tmp_path / UNIT.name).write_text(there, encoding="utf-8")
    checked = subprocess.run(
        ["systemd-analyze", "verify", str(tmp_path / "lk3@8501.service")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, checked.stderr) == (0, "")
