"""How many members serve, where and of which profession."""

from datetime import date

import pandas as pd


def count_members(
    members: pd.DataFrame,
    *,
    on: date,
    by: tuple[str, ...] = ("kelurahan_code",),
    professions: tuple[str, ...] = (),
) -> pd.DataFrame:
    """People active on a day: started on or before it and not ended before it.

    members: `tables.MEMBERS`. A term without a first day counts as begun. One person (`member_id`)
    is counted once in each group, so someone who serves two kelurahan counts in both and once in
    the city; a row without an id is a person of its own. Out: [*by, "members"]; one row if no `by`.
    """
    day = pd.Timestamp(on)
    begun = members["started_on"].isna() | (members["started_on"] <= day)
    running = members["ended_on"].isna() | (members["ended_on"] >= day)
    active = members[begun & running]
    if professions:
        active = active[active["profession"].isin(professions)]
    nameless = active["member_id"] == ""
    person = active["member_id"].astype("object").where(~nameless, "#" + active.index.astype("str"))
    people = active.assign(person=person)[[*by, "person"]].drop_duplicates()
    if not by:
        return pd.DataFrame({"members": [len(people)]})
    counted = people.groupby(list(by), observed=True).size().rename("members").reset_index()
    return counted.astype(dict.fromkeys(by, "str") | {"members": "int64"})
