"""Peta cakupan: one indicator at a time, by kelurahan, with its judgement."""

from lk3.ui.page import show_page
from lk3.ui.view import View
from lk3.ui.views.areas import areas_table
from lk3.ui.views.overview import EVERY, map_section, verdict_legend
from lk3.ui.widgets.caveats import caveats
from lk3.ui.widgets.footer import left_out_note
from lk3.ui.widgets.headline import nothing_found


def coverage_map(view: View) -> None:
    key = map_section(view, place="peta", choices=EVERY)
    nothing_found(view)
    verdict_legend(view, key)
    areas_table(view, keys=(key,), key="peta")
    left_out_note(view)
    caveats(key)


show_page(coverage_map)
