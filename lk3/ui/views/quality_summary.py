"""Mutu data: what to mend first, the key numbers, and where to get one's own file back."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lk3.indicators.headlines import headline_data_quality
from lk3.indicators.quality_words import headline_quality
from lk3.language import _, number, percent
from lk3.places import load_places
from lk3.reports.template import write_template
from lk3.ui.view import View
from lk3.ui.views.quality_facts import facts_of, tasks_of
from lk3.ui.widgets.cards import Card, card_row
from lk3.ui.widgets.headline import headline, section
from lk3.ui.widgets.tables import download, show_sentences


def quality_headline(view: View) -> None:
    """The first thing to mend, and below it the account of all rows."""
    data = view.held.dataset
    sentence = headline_quality(tasks_of(view.held), rows_read=data.rows("rows_read"))
    headline(sentence, overline=" · ".join((_("Mutu data"), _("semua sumber yang aktif"))))
    names = ("rows_read", "rows_used", "rows_set_aside", "rows_not_data")
    st.caption(headline_data_quality(**{name: data.rows(name) for name in names}))


def quality_cards(view: View) -> None:
    """Rows used and set aside, cases in several files, findings, cases without a kelurahan."""
    findings, data = view.tables.findings, view.held.dataset
    shares = facts_of(view.held).by_field.set_index("field")["share"]
    warnings = int((findings["severity"] == "warning").sum())
    notes = int((findings["severity"] == "note").sum())
    card_row(
        [
            Card(
                _("Baris dipakai"),
                number(data.rows("rows_used")),
                detail=_("dari {n} baris yang dibaca").format(n=number(data.rows("rows_read"))),
            ),
            Card(
                _("Baris disisihkan"),
                number(data.rows("rows_set_aside")),
                detail=_("tidak ikut dihitung sampai diperbaiki"),
            ),
            Card(
                _("Juga di berkas lain"),
                number(data.repeated_cases),
                detail=_("kasus dihitung sekali, dengan status terakhir"),
            ),
            Card(
                _("Perlu diperiksa"),
                number(warnings),
                detail=_("dan {n} catatan").format(n=number(notes)),
            ),
            Card(
                _("Kasus tanpa kelurahan"),
                percent(1 - shares["kelurahan_code"], 1),
                detail=_("ikut dihitung untuk kota saja"),
            ),
        ],
        key="mutu",
    )


def what_to_mend(view: View) -> None:
    """Everything that weighs, in order, with what to do."""
    tasks = tasks_of(view.held)
    if not tasks:
        return
    frame = pd.DataFrame(
        {
            _("Urutan"): [number(place) for place in range(1, len(tasks) + 1)],
            _("Yang perlu diperbaiki"): [
                task.problem[:1].upper() + task.problem[1:] for task in tasks
            ],
            _("Tindakan"): [task.action for task in tasks],
        }
    )
    section(_("Urutan perbaikan"), _("Yang paling mengubah angka berdiri paling atas."))
    show_sentences(frame, alt=_("Urutan perbaikan"))


def files_back(view: View) -> None:
    """The template, and where the clerk's own file is marked."""
    section(_("Berkas untuk perbaikan"))
    st.markdown(
        _(
            "Isi berkas tidak disimpan, sehingga tidak dapat diunduh kembali dari sini. Untuk "
            "mendapat berkas sendiri dengan sel yang perlu diperbaiki diwarnai, unggah lagi di "
            "halaman Data, lalu pilih “Unduh berkas ini dengan temuan yang ditandai”."
        )
    )
    st.page_link("pages/manage/data.py", label=_("Ke halaman Data"), icon=":material/upload_file:")
    download(
        _("Unduh templat kosong dengan daftar pilihan"),
        lambda: write_template(load_places()),
        name="templat_lk3.xlsx",
        key="mutu_templat",
    )


def parts() -> Sequence[DeltaGenerator]:
    """The places of the page, one behind the other."""
    return st.tabs(
        [
            _("Temuan"),
            _("Kelengkapan"),
            _("Bulan laporan"),
            _("Jumlah dan kasus ganda"),
            _("Di luar kebiasaan"),
            _("Jawaban"),
        ]
    )
