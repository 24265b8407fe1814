"""Mutu data: what to mend first, how complete the sheets are, which months lack a report."""

from lk3.ui.page import show_page
from lk3.ui.view import View
from lk3.ui.views import (
    quality,
    quality_answers,
    quality_completeness,
    quality_months,
    quality_outliers,
    quality_summary,
    quality_sums,
)


def show(view: View) -> None:
    quality_summary.quality_headline(view)
    quality_summary.quality_cards(view)
    quality_summary.what_to_mend(view)
    tabs = quality_summary.parts()
    with tabs[0]:
        quality.findings_by_rule(view)
        quality.findings_list(view)
        quality_summary.files_back(view)
    with tabs[1]:
        quality_completeness.by_field(view)
        quality_completeness.over_time(view)
    with tabs[2]:
        quality_months.reported(view)
        quality_months.missing_months(view)
    with tabs[3]:
        quality_sums.totals(view)
        quality_sums.duplicates(view)
    with tabs[4]:
        quality_outliers.outliers(view)
    with tabs[5]:
        quality_answers.remembered_answers(view)


show_page(show, by_level=False)
