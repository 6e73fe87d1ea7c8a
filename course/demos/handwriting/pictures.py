"""The pictures and bars beside the drawing pad, as HTML. No meaning hangs on a colour alone."""

import base64
import html

import numpy as np

from course.demos.base import png
from helpers import plots

SCALE = 12  # pixels of a picture for one of the 28x28
WIDTH = 28 * SCALE // 2  # on the page, half as many: for sharp screens
SOLID, HATCHED, CROSS = (
    np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)])
    for color in (plots.BLUE, plots.RED, plots.ORANGE)
)


def large(picture):
    """Return a picture with each pixel as a square of SCALE x SCALE."""
    return picture.repeat(SCALE, axis=0).repeat(SCALE, axis=1)


def ink(picture):
    """Return colours of a picture (28, 28), black on white, with a cross in its middle."""
    found = np.repeat(255 * (1 - large(picture))[..., None], 3, axis=2)
    middle, arm = found.shape[0] // 2 + SCALE // 2, SCALE
    for cross in (
        np.s_[middle - 2 : middle + 2, middle - arm : middle + arm],
        np.s_[middle - arm : middle + arm, middle - 2 : middle + 2],
    ):
        found[cross] = CROSS
    return found


def signs(picture, c):
    """Return colours of what speaks for (c > 0: blue) and against (c < 0: red, hatched).

    c and the picture are (28, 28). The strongest pixel has the full colour; the ink is grey.
    """
    strength = np.sqrt(np.abs(c) / max(np.abs(c).max(), 1e-12))
    grey = 255 - 45 * picture
    color = np.where((c > 0)[..., None], SOLID, HATCHED)
    found = grey[..., None] * (1 - strength[..., None]) + color * strength[..., None]
    found = large(found)
    rows, columns = np.indices(found.shape[:2])
    stripes = large(c < 0) & large(strength > 0.1) & ((rows + columns) % SCALE < SCALE / 3)
    found[stripes] = 255
    return found


def panel(picture, c, y, said, alts):
    """Return HTML: what the network sees, what speaks for and against, and the answers y (10,)."""
    key = (
        f'<span style="{swatch(f"rgb{tuple(SOLID.tolist())}")}"></span> {said["for"]} '
        f'<span style="{swatch(stripes())}"></span> {said["against"]}'
    )
    figures = (
        figure(said["sees"], png(ink(picture)), alts[0], said["how"]),
        figure(said["speaks"], png(signs(picture, c)), alts[1], key),
    )
    return (
        '<div style="display: flex; flex-wrap: wrap; gap: 4px 18px; line-height: 1.5">'
        f"{''.join(figures)}{bars(y, said['bars'])}</div>"
    )


def figure(title, data, alt, below=""):
    """Return a picture with a title above it, and words below."""
    source = base64.b64encode(data).decode()
    return (
        f'<div style="width: {WIDTH + 2}px"><div>{title}</div>'
        f'<img width="{WIDTH}" height="{WIDTH}" alt="{html.escape(alt)}" '
        f'style="border: 1px solid {plots.GREY}" '
        f'src="data:image/png;base64,{source}"><div style="font-size: 12px">{below}</div></div>'
    )


def swatch(background):
    """Return the style of a small square that explains a colour."""
    return (
        "display: inline-block; width: 12px; height: 12px; vertical-align: -1px; "
        f"border: 1px solid {plots.GREY}; background: {background}"
    )


def stripes():
    """Return the red hatching as a CSS background."""
    return f"repeating-linear-gradient(-45deg, {plots.RED} 0 3px, white 3px 5px)"


def bars(y, title):
    """Return ten bars for the percents y (10,); the largest is bold and has an arrow."""
    best = np.argmax(y) if y.any() else -1
    rows = []
    for digit, value in enumerate(y):
        mark = " font-weight: bold;" if digit == best else ""
        arrow = "\N{LEFTWARDS ARROW}" if digit == best else ""
        rows.append(
            f'<tr style="background: none;{mark}"><th scope="row" style="{CELL}">{digit}</th>'
            f'<td style="{CELL}"><div style="width: 100px; height: 12px; '
            'background: var(--jp-layout-color2, #eee)"><div style="height: 100%; '
            f'width: {value:.1f}%; background: {plots.BLUE}"></div></div></td>'
            f'<td style="{CELL} text-align: right; min-width: 3.2em">{value:.1f}</td>'
            f'<td style="{CELL} min-width: 1em">{arrow}</td></tr>'
        )
    return (
        '<table style="border: 0; border-collapse: collapse; margin: 0; font-size: 12px">'
        f'<caption style="text-align: left; padding: 0; color: inherit">{title}</caption>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


CELL = "padding: 0 4px; border: 0; line-height: 17px; color: inherit; font-weight: inherit;"
