"""How pictures look: colours with a fixed meaning, sizes for the back of a room, same bytes."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, NamedTuple, TypeAlias

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure

from culturesim.errors import ArgumentError, nearest

LineStyle: TypeAlias = str | tuple[int, tuple[float, ...]]

VALUE: Final = "#009E73"
WASTE: Final = "#E69F00"
NOTHING: Final = "#8a8a8a"
INK: Final = "#1a1a1a"
QUIET: Final = "#4d4d4d"

# Least contrast of text on white: WCAG 2.2, success criterion 1.4.3.
CONTRAST = 4.5

# A projector's 1920 × 1080 pixels on a slide of 13.33 × 7.5 inches.
DPI = 144

# Text becomes paths, so that it looks the same where the font is missing; ids in the SVG are
# salted with a fixed word, so that the same picture has the same bytes.
STYLE: Final[dict[str, Any]] = {
    "font.family": ["DejaVu Sans"],  # comes with matplotlib
    "font.size": 13.0,
    "text.color": INK,
    "text.parse_math": False,  # a title may hold a dollar sign
    "axes.titlesize": 14.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlecolor": INK,
    "axes.labelsize": 12.5,
    "axes.labelcolor": QUIET,
    "axes.edgecolor": QUIET,
    "axes.linewidth": 1.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.xmargin": 0.0,
    "grid.color": "#dcdcdc",
    "grid.linewidth": 0.8,
    "xtick.labelsize": 12.5,
    "ytick.labelsize": 12.5,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.major.pad": 5.0,
    "ytick.major.pad": 5.0,
    "ytick.major.size": 0.0,
    "lines.linewidth": 3.0,
    "lines.solid_capstyle": "round",
    "lines.dash_capstyle": "butt",
    "hatch.linewidth": 1.2,
    "legend.frameon": False,
    "legend.fontsize": 11.0,
    "figure.facecolor": "white",
    "savefig.dpi": DPI,
    "figure.dpi": 96.0,
    "svg.fonttype": "path",
    "svg.hashsalt": "culturesim",
}


class Look(NamedTuple):
    """Colour and dash pattern of a culture; the pattern tells lines apart without colour."""

    colour: str
    line: LineStyle


# The names of the bundled scenarios. Okabe and Ito's yellow cannot be seen on white; their green
# and orange mean value and waste.
KNOWN: Final[dict[str, Look]] = {
    "execution": Look("#D55E00", "-"),
    "discovery": Look("#0072B2", "--"),
    "lean_startup": Look("#CC79A7", (0, (1.0, 1.0))),
    "running_lean": Look("#56B4E9", (0, (5.0, 1.2, 1.0, 1.2))),
    "customer_development": Look("#000000", (0, (2.6, 1.2))),
}
FURTHER: Final[tuple[Look, ...]] = (
    KNOWN["lean_startup"],
    KNOWN["running_lean"],
    KNOWN["customer_development"],
    Look("#CC79A7", (0, (7.0, 1.5))),
    Look("#56B4E9", (0, (4.0, 1.0, 1.0, 1.0, 1.0, 1.0))),
    Look("#000000", (0, (1.0, 2.5))),
)


def looks(cultures: Sequence[str]) -> dict[str, Look]:
    """Give every culture its look.

    Parameters
    ----------
    cultures : sequence of str
        Names. A bundled one has the same look in every picture; the others take, in turn, what is
        free.

    Returns
    -------
    dict of str to Look
        In the order of `cultures`.

    Source
    ------
    Okabe and Ito (2008), *Color universal design*: colours that colour-blind eyes tell apart.

    Examples
    --------
    >>> looks(["execution", "mine"])["execution"]
    Look(colour='#D55E00', line='-')
    """
    taken = [KNOWN[name] for name in cultures if name in KNOWN]
    free = [look for look in FURTHER if look not in taken] or list(FURTHER)
    others = [name for name in cultures if name not in KNOWN]
    new = {name: free[n % len(free)] for n, name in enumerate(others)}
    return {name: KNOWN.get(name) or new[name] for name in cultures}


def contrast(colour: str) -> float:
    """Contrast of a colour with white: 1 (none) to 21.

    Source
    ------
    WCAG 2.2, definitions of relative luminance and contrast ratio.
    """
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (luminance + 0.05)


def ink(colour: str) -> str:
    """Darken a colour until text in it can be read on white."""
    dark = to_hex(colour)
    while contrast(dark) < CONTRAST:
        red, green, blue = to_rgb(dark)
        dark = to_hex((0.96 * red, 0.96 * green, 0.96 * blue))
    return dark


# matplotlib keeps one set of settings for all threads: without the lock, a thread that leaves
# would put back what another had changed.
_ONE_AT_A_TIME = threading.RLock()


@contextmanager
def styled() -> Iterator[None]:
    """Draw in this package's style inside; afterwards the user's settings are as they were.

    The user's settings have no say inside, so that a picture is the same for everybody.
    """
    with _ONE_AT_A_TIME, mpl.rc_context():
        mpl.rcdefaults()
        settings: Any = STYLE  # newer matplotlibs type every key
        mpl.rcParams.update(settings)
        yield


class Picture(Figure):
    """A figure that a notebook shows without pyplot, and that gives its panels by name.

    ``picture["value_created"]`` are the axes of a panel, and ``list(picture.panels)`` the names of
    all; ``for axes in picture`` and ``picture[0]`` go by their order. They are plain matplotlib
    axes, to be restyled at will.
    """

    @property
    def panels(self) -> dict[str, Axes]:
        """Axes of each panel, by name."""
        return {str(axes.get_gid()): axes for axes in self.axes}

    def __getitem__(self, panel: str | int) -> Axes:
        if isinstance(panel, str):
            if panel in self.panels:
                return self.panels[panel]
            raise ArgumentError(
                "is not in the figure",
                key=f"panel {panel}",
                allowed=list(self.panels),
                nearest=nearest(panel, self.panels),
            )
        return self.axes[panel]

    def __iter__(self) -> Iterator[Axes]:
        return iter(self.axes)

    def __len__(self) -> int:
        return len(self.axes)

    def __bool__(self) -> bool:
        return True  # matplotlib asks whether there is a figure, not whether it is empty

    def _repr_png_(self) -> bytes:
        stream = io.BytesIO()
        with styled():
            self.savefig(stream, format="png", metadata={"Software": None})
        return stream.getvalue()
