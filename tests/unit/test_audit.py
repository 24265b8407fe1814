"""The access log: what it says, what it never says, and that it stops nobody."""

import json
import logging
from datetime import date

import pytest

from lk3 import audit


@pytest.fixture
def log(tmp_path, monkeypatch):
    monkeypatch.setenv("LK3_AUDIT", str(tmp_path / "log"))
    return tmp_path / "log"


def write(log, month, **line):
    log.mkdir(exist_ok=True)
    whole = {"user": "a@b.id", "role": "admin", "action": "export", "detail": {}} | line
    with (log / f"{month}.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(whole) + "\n")


def test_line_says_who_did_what_in_the_citys_time(log):
    audit.record("export", user="a@b.id", role="admin", version=3, rows=7, format="csv")

    line = json.loads(next(log.glob("*.jsonl")).read_text())
    assert line["at"].endswith("+08:00")  # WITA
    assert (line["user"], line["role"], line["action"]) == ("a@b.id", "admin", "export")
    assert line["detail"] == {"version": 3, "rows": 7, "format": "csv"}


def test_nothing_of_a_person_gets_in(log):
    planted = "Sumiyati Purwaningsih 6474010101900001"
    audit.record("export", filter=f"Guntung · {planted}", format=planted, reason=planted)

    text = next(log.glob("*.jsonl")).read_text()
    assert "Guntung" in text
    assert not any(word in text for word in planted.split())


def test_signs_that_end_a_line_of_text_leave_a_line_of_the_log_whole(log):
    audit.record("export", user="a\x85\u2028b@c.id", rows=7)

    assert audit.entries()["user"].tolist() == ["a\x85\u2028b@c.id"]
    assert audit.broken_lines() == 0


def test_unknown_details_and_actions_are_mistakes_of_the_program(log):
    with pytest.raises(ValueError, match="nama"):
        audit.record("export", nama="x")
    with pytest.raises(ValueError, match="dance"):
        audit.record("dance")


def test_log_that_cannot_be_written_stops_nobody(tmp_path, monkeypatch, caplog):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("LK3_AUDIT", str(tmp_path / "file"))

    with caplog.at_level(logging.ERROR):
        audit.record("sign_in", user="a@b.id")

    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert "a@b.id" not in caplog.text


def test_log_lies_in_the_folder_of_the_store_and_nowhere_for_an_object_store(monkeypatch, tmp_path):
    monkeypatch.setenv("LK3_STORE", str(tmp_path))
    assert audit.folder() == tmp_path / "audit"
    monkeypatch.setenv("LK3_STORE", "s3://bucket/x")
    assert audit.folder() is None
    audit.record("sign_in", user="a@b.id")
    assert audit.entries().empty


def test_lines_are_found_by_day_user_and_action(log):
    write(log, "2024-08", at="2024-08-31T23:59:59+08:00")
    write(log, "2024-09", at="2024-09-01T00:00:00+08:00", user="c@d.id")
    write(log, "2024-09", at="2024-09-02T10:00:00+08:00", action="import")
    with (log / "2024-09.jsonl").open("a") as file:
        file.write('{"at": "2024-09-0')  # torn by a power cut

    found = audit.entries(date(2024, 9, 1), date(2024, 9, 2))
    assert list(found["user"]) == ["a@b.id", "c@d.id"]
    assert len(audit.entries(until=date(2024, 8, 31))) == 1
    assert len(audit.entries(user="c@d.id")) == 1
    assert len(audit.entries(action="import")) == 1


def test_summary_counts_by_month_and_user(log):
    for day in (1, 2):
        write(log, "2024-09", at=f"2024-09-0{day}T10:00:00+08:00")
    write(log, "2024-08", at="2024-08-01T10:00:00+08:00", action="refused")

    summary = audit.monthly_summary(audit.entries())
    assert list(summary["month"]) == ["2024-09", "2024-08"]
    assert list(summary["export"]) == [2, 0]
    assert list(summary["refused"]) == [0, 1]


def test_summary_of_nothing_is_empty(log):
    assert audit.monthly_summary(audit.entries()).empty


def test_months_that_are_too_old_are_removed(log, monkeypatch):
    monkeypatch.setenv("LK3_AUDIT_MONTHS", "2")
    for month in ("2024-06", "2024-07", "2024-09"):
        write(log, month, at=f"{month}-01T10:00:00+08:00")

    assert audit.prune(date(2024, 9, 15)) == 1
    assert sorted(path.stem for path in log.glob("*.jsonl")) == ["2024-07", "2024-09"]
