"""How many members serve, where and of which profession."""

from datetime import date

import pandas as pd


def active_people(members: pd.DataFrame, *, on: date) -> pd.DataFrame:
    """The rows of people active on a day: started on or before it and not ended before it.

    members: `tables.MEMBERS`. A term without a first day counts as begun. Out: [kelurahan_code,
    profession, person], where `person` tells two people apart: the `member_id`, and for a row
    without one its own number.
    """
    day = pd.Timestamp(on)
    begun = members["started_on"].isna() | (members["started_on"] <= day)
    running = members["ended_on"].isna() | (members["ended_on"] >= day)
    active = members.loc[begun & running, ["kelurahan_code", "profession", "member_id"]]
    own = "#" + active.index.to_series().astype("str")
    person = active["member_id"].astype("str").where(active["member_id"] != "", own)
    return active.drop(columns="member_id").assign(person=person)


def count_members(
    members: pd.DataFrame, *, on: date, by: tuple[str, ...] = ("kelurahan_code",)
) -> pd.DataFrame:
    """People active on a day. Out: [*by, "members"]; one row without `by`.

    One person is counted once in each group, so someone who serves two kelurahan counts in both
    and once in the city.
    """
    people = active_people(members, on=on)[[*by, "person"]].drop_duplicates()
    if not by:
        return pd.DataFrame({"members": [len(people)]})
    counted = people.groupby(list(by), observed=True).size().rename("members").reset_index()
    return counted.astype(dict.fromkeys(by, "str") | {"members": "int64"})
