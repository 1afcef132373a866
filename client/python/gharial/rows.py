"""Rows of a frame (or a list of dicts) as the JSON values that the API reads."""

from __future__ import annotations

import datetime
import math
from typing import Any, Dict, Iterable, Iterator, List, Mapping, Sequence


def is_frame(rows: Any) -> bool:
    """Whether `rows` is a pandas DataFrame. Does not import pandas."""
    return hasattr(rows, "columns") and hasattr(rows, "itertuples")


def records(rows: Any, names: Mapping[str, str]) -> Iterator[Dict[str, Any]]:
    """One dict per row, by API name.

    `names` maps every name a column may have (the table's or the API's) to the API name. Other columns are left out.
    """
    if is_frame(rows):
        columns = [str(column) for column in rows.columns]
        places = [(names[column], at) for at, column in enumerate(columns) if column in names]
        for row in rows.itertuples(index=False, name=None):
            yield {name: json_value(row[at]) for name, at in places}
        return
    for row in rows:
        yield {names[key]: json_value(value) for key, value in row.items() if key in names}


def json_value(value: Any) -> Any:
    """A cell as JSON has it: missing values are null, times are ISO 8601, numpy's scalars are Python's."""
    if value is None:
        return None
    if hasattr(value, "item") and not isinstance(value, (str, bytes)):
        value = value.item()
    if isinstance(value, (bool, str, int)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, datetime.datetime):
        if value != value:  # pandas' NaT
            return None
        at_midnight = value.time() == datetime.time(0) and value.tzinfo is None
        return value.date().isoformat() if at_midnight else value.isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if type(value).__name__ in ("NAType", "NaTType"):
        return None
    return str(value)


def parts(items: Iterable[Any], size: int) -> Iterator[List[Any]]:
    """`items` in lists of at most `size`."""
    part: List[Any] = []
    for item in items:
        part.append(item)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part


def like(rows: Any, answers: Sequence[Mapping[str, Any]]) -> Any:
    """`answers` in the form `rows` came in: a DataFrame with the same index, or a list of dicts."""
    if not is_frame(rows):
        return list(answers)
    import pandas  # a frame came in, so pandas is there

    return pandas.DataFrame(list(answers), index=rows.index)
