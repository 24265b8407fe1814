"""What must be true of the check of any file whatsoever."""

import json
from unittest.mock import patch

from lk3.intake import CheckedFile, check_file, xlsx
from lk3.intake.findings import finding_sentence
from tests.workbooks import KEY, PLACES


def checked_by(content: bytes, name: str, *, by_columns: bool) -> CheckedFile:
    """The check of a file; `by_columns`: as if each sheet were a long one."""
    with patch.object(xlsx, "LONG", 1 if by_columns else xlsx.LONG):
        return check_file(content, name, places=PLACES, key=KEY)


def complaints(checked: CheckedFile) -> list[str]:
    """What is wrong with the check itself: none for a sound one."""
    found = checked.tables.findings
    read, used, aside = checked.rows_read, checked.rows_used, checked.rows_set_aside
    own = found[(found["set_aside"] == 1) & (found["row"] > 0)]
    told = len(own[["sheet", "row"]].drop_duplicates())
    sentences = [finding_sentence(row) for row in found.to_dict("records")]
    json.dumps(checked.to_json())
    wrong = {
        "rows are lost": read != used + aside + checked.rows_not_data,
        "rows set aside without a finding": told != aside,
        "a refusal is one error": checked.refused and list(found["severity"]) != ["error"],
        "nothing is used and nothing is refused": not checked.refused and used == 0,
        "a sentence does not end": not all(sentence.endswith(".") for sentence in sentences),
        "more records than rows": _records(checked) > used and not _has_recap(checked),
        "a value is too long": bool((found["value"].str.len() > 40).any()),
    }
    return [complaint for complaint, is_so in wrong.items() if is_so]


def _records(checked: CheckedFile) -> int:
    return len(checked.tables.cases) + len(checked.tables.members)


def _has_recap(checked: CheckedFile) -> bool:
    return bool((checked.tables.cases["block"] != "").any())
