"""The command `place`: a plain GeoJSON becomes the folder of another city."""

import argparse
import json
import sys

from lk3.errors import UserError
from lk3.language import _, ngettext, number, percent
from lk3.places.preparing import Prepared, prepare, prepared_json
from lk3.places.properties import ROLES
from lk3.places.repairs import sentences_of

_DONE = 0
_KILOBYTE = 1_000


def place(options: argparse.Namespace) -> int:
    """Prepare the folder and say, in sentences or as JSON, what was done."""
    if not options.geojson.is_file():
        raise UserError(
            _("Berkas {files} tidak ada. Periksa nama dan foldernya.").format(files=options.geojson)
        )
    given = {role: getattr(options, role) for role in ROLES}
    prepared = prepare(options.geojson, options.out_dir, given=given)
    sentences = told(prepared)
    if options.json:
        facts = {"folder": str(options.out_dir), **prepared_json(prepared), "said": sentences}
        sys.stdout.write(json.dumps(facts, ensure_ascii=True, indent=2) + "\n")
        return _DONE
    sentences.append(
        _("Folder {folder} siap: arahkan LK3_GEO_DIR ke sana.").format(folder=options.out_dir)
    )
    sys.stdout.write("\n".join(sentences) + "\n")
    return _DONE


def told(prepared: Prepared) -> list[str]:
    """What was found, repaired and made, a sentence each."""
    return [
        _found(prepared),
        _read_as(prepared),
        *sentences_of(prepared.repairs, prepared.labels),
        *_tightened(prepared),
        _simplified(prepared),
        _laid_out(prepared),
        *_shared(prepared),
    ]


def _found(prepared: Prepared) -> str:
    text = ngettext("{n} wilayah", "{n} wilayah", prepared.areas).format(n=number(prepared.areas))
    if prepared.districts:
        text += _(" dalam {n} kecamatan").format(n=number(prepared.districts))
    if prepared.regencies > 1:
        text += _(" dan {n} kabupaten/kota").format(n=number(prepared.regencies))
    return _("{areas}, luas {km2} km², {pairs} pasang bertetangga.").format(
        areas=text,
        km2=number(prepared.area_km2, decimals=1),
        pairs=number(prepared.neighbours),
    )


def _read_as(prepared: Prepared) -> str:
    properties = prepared.properties
    roles = (
        (_("kode"), properties.code),
        (_("nama"), properties.name),
        (_("kecamatan"), properties.district),
        (_("kabupaten/kota"), properties.regency),
    )
    said = ", ".join(f"{role} = {name or '–'}" for role, name in roles)
    return _("Properti yang dibaca: {said}.").format(said=said)


def _tightened(prepared: Prepared) -> list[str]:
    if not prepared.overlaps_km2 and not prepared.gaps_km2:
        return []
    text = _("Batas dirapatkan: tumpang tindih {overlaps} km² dan celah {gaps} km² dihilangkan.")
    return [
        text.format(
            overlaps=number(prepared.overlaps_km2, decimals=4),
            gaps=number(prepared.gaps_km2, decimals=4),
        )
    ]


def _simplified(prepared: Prepared) -> str:
    done = prepared.simplified
    size = number(prepared.bytes / _KILOBYTE, decimals=0)
    if not done.tolerance_m:
        return _("Batas tidak perlu disederhanakan: {n} titik, {size} kB.").format(
            n=number(done.vertices_after), size=size
        )
    return _(
        "Batas disederhanakan {metres} m tanpa celah: {before} titik menjadi {after}, {size} kB; "
        "luas satu wilayah berubah paling banyak {most}."
    ).format(
        metres=number(done.tolerance_m, decimals=1),
        before=number(done.vertices_before),
        after=number(done.vertices_after),
        size=size,
        most=percent(done.largest_change_percent / 100, decimals=2),
    )


def _laid_out(prepared: Prepared) -> str:
    tiles = prepared.tiles
    return _(
        "Peta ubin {columns} × {rows}: {near} dari tetangga tetap bersentuhan, {north} tetap "
        "di utaranya, {west} tetap di baratnya."
    ).format(
        columns=number(prepared.columns),
        rows=number(prepared.rows),
        near=percent(tiles.neighbours),
        north=percent(tiles.north),
        west=percent(tiles.west),
    )


def _shared(prepared: Prepared) -> list[str]:
    if not prepared.shared:
        return []
    text = _("{n} wilayah bernama sama dengan wilayah lain; namanya ditulis bersama kecamatannya.")
    return [text.format(n=number(prepared.shared))]
