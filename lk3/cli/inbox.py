"""The command `inbox`: look at the watched folder without a browser, once or for ever.

With LK3_INBOX_AUTO=1 what may be saved by itself is saved (`lk3.inbox` has the rule), so a
scheduled job can do what a running dashboard does.
"""

import argparse
import json
import sys
import time
from typing import Any

from lk3.errors import UserError
from lk3.inbox import ARRIVING, REFUSED, SAVED, Arrival, inbox_here
from lk3.language import _, ngettext, number

_DONE = 0


def inbox(options: argparse.Namespace) -> int:
    """Tell of each file what became of it. Without --once until it is interrupted."""
    box = inbox_here()
    if not box.folder.is_dir():
        text = _("Folder masuk {folder} tidak ada. Buat folder itu, atau isi LK3_INBOX.")
        raise UserError(text.format(folder=box.folder))
    if options.once or options.json:
        box.look()
        time.sleep(box.pause)
        _report(box.look(), as_json=options.json)
        return _DONE
    told: dict[str, str] = {}
    while True:
        for arrival in box.look():
            said = arrival_text(arrival)
            if told.get(arrival.file) != said:
                told[arrival.file] = said
                _write(said)
        time.sleep(box.pause)


def arrival_text(arrival: Arrival) -> str:
    """What became of a file, in one line."""
    if arrival.state == ARRIVING:
        said = _("masih ditulis")
    elif arrival.state == REFUSED:
        said = arrival.sentence()
    elif arrival.state == SAVED:
        said = _("tersimpan sebagai versi {n}").format(n=number(arrival.version))
    else:
        said = _waiting_text(arrival)
    return f"{arrival.file}: {said}"


def _waiting_text(arrival: Arrival) -> str:
    rows = ngettext("{n} baris dipakai", "{n} baris dipakai", arrival.rows_used)
    aside = ngettext("{n} disisihkan", "{n} disisihkan", arrival.rows_set_aside)
    parts = [
        rows.format(n=number(arrival.rows_used)),
        aside.format(n=number(arrival.rows_set_aside)),
        arrival.reasons_words(),
    ]
    return _("menunggu di halaman Data ({facts})").format(facts=", ".join(p for p in parts if p))


def _report(arrivals: tuple[Arrival, ...], *, as_json: bool) -> None:
    if as_json:
        files = [_arrival_json(arrival) for arrival in arrivals]
        utf8 = (sys.stdout.encoding or "").casefold().replace("-", "") == "utf8"
        _write(json.dumps({"files": files}, ensure_ascii=not utf8, indent=2))
    elif arrivals:
        _write("\n".join(arrival_text(arrival) for arrival in arrivals))
    else:
        _write(_("Folder masuk kosong."))


def _arrival_json(arrival: Arrival) -> dict[str, Any]:
    names = ("file", "state", "digest", "rows_used", "rows_set_aside", "questions", "version")
    told = {name: getattr(arrival, name) for name in names}
    return told | {"reasons": list(arrival.reasons), "message": arrival.sentence()}


def _write(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
