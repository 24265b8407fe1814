"""How does it travel? What `disclosure` has let through, as files that leave the dashboard.

In: released numbers and the words that belong to them. Out: bytes of a file. `content` says what a
report holds and `slides` fills it; `deck`, `workbook`, `page` and `document` write it. `tables`
writes one table.
"""

from collections.abc import Callable
from dataclasses import dataclass

from lk3.language import N_, _
from lk3.reports.content import Report
from lk3.reports.tables import Export, to_csv, to_xlsx

__all__ = ["FORMATS", "Export", "Format", "to_csv", "to_xlsx", "write_report"]


@dataclass(frozen=True)
class Format:
    """One kind of file: its name (not yet translated), its media type, and who writes it."""

    name: str
    mime: str
    write: Callable[[Report], bytes]

    @property
    def label(self) -> str:
        """The name in the current language."""
        return _(self.name)


# The writers are heavy to load: each is fetched when it is needed.
def _pptx(report: Report) -> bytes:
    from lk3.reports.deck import write_pptx

    return write_pptx(report)


def _xlsx(report: Report) -> bytes:
    from lk3.reports.workbook import write_workbook

    return write_workbook(report)


def _html(report: Report) -> bytes:
    from lk3.reports.page import write_html

    return write_html(report)


def _pdf(report: Report) -> bytes:
    from lk3.reports.document import write_pdf

    return write_pdf(report)


def _png(report: Report) -> bytes:
    from lk3.reports.document import write_card

    return write_card(report)


_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS = {
    "pptx": Format(N_("PowerPoint"), f"{_OFFICE}.presentationml.presentation", _pptx),
    "xlsx": Format(N_("Excel"), f"{_OFFICE}.spreadsheetml.sheet", _xlsx),
    "html": Format(N_("Halaman HTML"), "text/html", _html),
    "pdf": Format(N_("PDF"), "application/pdf", _pdf),
    "png": Format(N_("Kartu WhatsApp"), "image/png", _png),
}


def write_report(report: Report, format: str) -> bytes:
    """The report as a file, in the language in which it was made. Raises KeyError for a format that
    is not in `FORMATS`.
    """
    return FORMATS[format].write(report)
