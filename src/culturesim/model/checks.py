"""What somebody writes into a row, held to what the row can mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from culturesim.errors import ArgumentError
from culturesim.state.columns import Column

if TYPE_CHECKING:
    from culturesim.state.parameters import Floats

# Parts of one whole: effort and worth would come from nothing if they summed to more.
PARTS_OF_ONE = ("care", "plan")
TOLERANCE = 1e-9

# Doing nothing can be better than what was promised and kept: value may be negative.
SIGNED = ("aspiration", "value_created", "internal_value")

LARGEST = float(np.finfo(np.float64).max)  # of all that is finite


def row_number(key: str, row: Any, rows: int | None = None) -> int:
    """Give back a row number, or say that there is no such row."""
    whole = not isinstance(row, bool) and hasattr(row, "__index__")
    if not whole or row.__index__() < 0 or (rows is not None and row.__index__() >= rows):
        allowed = "a whole number, 0 or more" if rows is None else f"0 to {rows - 1}"
        raise ArgumentError("is no row", key=key, found=repr(row), allowed=allowed)
    return int(row)


def numbers(key: str, value: Any, shape: tuple[int, ...] | None) -> Floats:
    """Turn what somebody wrote into numbers of a shape (None: any row), or say what is wrong."""
    try:
        array = np.asarray(value)
    except ValueError:  # rows of different lengths
        array = np.asarray(None)
    if array.dtype.kind not in "biuf":
        what = "is not a number" if shape == () else "are not numbers"
        raise ArgumentError(what, key=key, found=repr(value))
    if array.shape != shape and not (shape is None and array.ndim == 1):
        wanted = "one number"
        if shape is None:
            wanted = "a row of numbers"
        elif shape:
            wanted = f"{' x '.join(map(str, shape))} numbers"
        raise ArgumentError(
            "has the wrong shape", key=key, found=f"shape {array.shape}", allowed=wanted
        )
    return array.astype(np.float64)


def in_range(key: str, array: Floats, low: float, high: float) -> None:
    """Say so if any number lies outside its range."""
    if not np.all((array >= low) & (array <= high)):  # not a number lies outside, too
        allowed = f"{low:g} to {high:g}"
        if high >= LARGEST:
            allowed = "finite numbers" if low == -LARGEST else f"finite, {low:g} or more"
        raise ArgumentError("is out of range", key=key, found=str(array.tolist()), allowed=allowed)


def check_values(
    key: str, name: str, column: Column, array: Floats, verb: str | None = None
) -> None:
    """Hold numbers to what their column can mean, when a verb is at work or at other times."""
    if name == "belief" and verb == "listen":
        in_range(key, array, -LARGEST, LARGEST)  # the next phase ends at what is positive
    elif name == "assessment":
        # An offer may be beyond the pale; doing nothing is always possible.
        in_range(key, array[:1], -LARGEST, LARGEST)
        in_range(key, np.maximum(array[1:], -LARGEST), -LARGEST, LARGEST)
    elif name in SIGNED:
        in_range(key, array, -LARGEST, LARGEST)
    elif name == "budget":
        in_range(key, np.minimum(array, LARGEST), 0.0, LARGEST)  # money may be no object
    else:
        share = column.unit in ("share", "fit") and name != "belief"  # beliefs can be mistaken
        in_range(key, array, 0.0, 1.0 if share or column.dtype is np.bool_ else LARGEST)
    if column.dtype is not np.float64 and not np.array_equal(array, np.trunc(array)):
        raise ArgumentError("is not a whole number", key=key, found=str(array.tolist()))
    if name in PARTS_OF_ONE and abs(array.sum() - 1.0) > TOLERANCE:
        raise ArgumentError(
            "does not sum to 1",
            key=key,
            found=f"{array.tolist()}, which sums to {array.sum():g}",
            allowed="parts of one whole",
            hint="divide the row by its sum",
        )
