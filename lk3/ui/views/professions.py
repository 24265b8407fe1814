"""Profesi: members by kelurahan and profession, gaps, and cases by the profession that handles."""

import pandas as pd
import streamlit as st

from lk3 import language
from lk3.counts import count_cases
from lk3.disclosure import release_table
from lk3.figures import category_bars, cross_heatmap
from lk3.indicators.headlines import headline_professions
from lk3.indicators.supply import members_by_profession, profession_gaps, required_professions
from lk3.language import _, number
from lk3.places import CITY, OUTSIDE
from lk3.ui.view import View
from lk3.ui.widgets.cards import Card, card_row, measure_card
from lk3.ui.widgets.charts import chart
from lk3.ui.widgets.headline import headline, overline, section
from lk3.ui.widgets.tables import table
from lk3.vocabulary import UNKNOWN, vocabulary


def professions_headline(view: View) -> None:
    """Which required profession is missing in the most kelurahan."""
    if view.tables.members.empty:
        sentence = _("Belum ada daftar anggota, jadi belum ada yang dapat dibandingkan.")
    else:
        sentence = headline_professions(profession_gaps(view.context))
    headline(sentence, overline=overline(view, _("Profesi")))


def professions_cards(view: View) -> None:
    """Members, those of the whole city, coverage of professions, caseload."""
    wide = members_by_profession(view.context)
    city_wide = Card(
        _("Anggota tingkat kota"),
        number(float(wide.loc[CITY].to_numpy().sum())),
        detail=_("melayani seluruh kota"),
        help=_("Dihitung sekali untuk kota, tidak untuk kelurahan."),
    )
    card_row(
        [
            measure_card(view, "active_members"),
            city_wide,
            measure_card(view, "profession_coverage"),
            measure_card(view, "open_cases_per_member", label=_("Kasus terbuka per anggota")),
            measure_card(view, "open_cases_per_counsellor", label=_("Kasus terbuka per konselor")),
        ],
        key="profesi",
    )


def members_by_kelurahan(view: View) -> None:
    """The heat map of members: kelurahan by profession, zeros standing out."""
    wide = members_by_profession(view.context)
    codes = [code for code in view.places.codes if view.context.chosen[code]]
    here = wide.loc[codes]
    shown = [key for key in wide.columns if here[key].sum() or key in required_professions()]
    named = here[shown].rename_axis(index="kelurahan_code").reset_index()
    long = named.melt("kelurahan_code", var_name="profession", value_name="members")
    released = release_table(long, audience="internal", value="members")
    section(
        _("Anggota aktif menurut kelurahan dan profesi"),
        _("Orang yang bertugas pada {day}; nol berwarna jingga. * unsur wajib.").format(
            day=language.long_date(view.context.on)
        ),
    )
    figure = cross_heatmap(
        released.frame,
        rows="kelurahan_code",
        columns="profession",
        value="members",
        row_labels={code: view.places.label(code) for code in codes},
        column_labels={key: _column_label(key) for key in shown},
        unit=_("orang"),
    )
    chart(figure, key="profesi_silang")
    st.caption(_city_wide_words(wide))


def gaps_table(view: View) -> None:
    """Each required profession: in how many kelurahan, and how many serve the whole city."""
    gaps = profession_gaps(view.context)
    professions = vocabulary("professions")
    frame = pd.DataFrame(
        {
            _("Unsur wajib"): [professions.label(key) for key in gaps["profession"]],
            _("Kelurahan yang memiliki"): gaps["kelurahan"],
            _("Kelurahan yang belum"): gaps["total"] - gaps["kelurahan"],
            _("Anggota tingkat kota"): gaps["city_wide"],
        }
    )
    title = _("Cakupan unsur wajib, {where}, {when}").format(where=view.where, when=view.when)
    section(_("Unsur wajib"), _("Unsur yang seharusnya ada di setiap kelurahan."))
    table(frame, view=view, title=title, key="profesi_unsur")


def cases_by_profession(view: View) -> None:
    """Cases of the period by the profession of the member who handled them."""
    found = count_cases(
        view.tables.cases, view.filter, by=("profession", "kelurahan_code"), places=view.places
    )
    inside = found[found["kelurahan_code"] != OUTSIDE]
    counts = inside.groupby("profession", observed=True)["cases"].sum().reset_index()
    section(
        _("Kasus menurut profesi yang menangani"),
        _("{where}, {when}. Banyaknya kasus bukan ukuran kinerja.").format(
            where=view.where, when=view.when
        ),
    )
    released = release_table(counts, audience="internal").frame if len(counts) else counts
    figure = category_bars(
        released,
        category="profession",
        labels=vocabulary("professions").labels(),
        unit=_("kasus"),
    )
    chart(figure, key="profesi_kasus")


def _column_label(key: str) -> str:
    label = vocabulary("professions").label(key)
    return f"{label} *" if key in required_professions() else label


def _city_wide_words(wide: pd.DataFrame) -> str:
    professions = vocabulary("professions")
    parts = [f"{professions.label(str(k))} {number(n)}" for k, n in wide.loc[CITY].items() if n]
    said = _("Tingkat kota, tidak ada di tabel warna: {parts}.").format(
        parts=", ".join(parts) or _("tidak ada")
    )
    unknown = float(wide.loc[UNKNOWN].to_numpy().sum())
    if unknown:
        said += " " + _("{n} anggota tanpa kelurahan juga tidak ada di sana.").format(
            n=number(unknown)
        )
    return said
