"""Make data/digits.npz and data/colors.csv, the same bytes on every system.

    python tools/make_data.py            writes both files
    python tools/make_data.py --check    compares them with what is there

Needs scikit-learn, from which the digits come; nothing else in the course does.

Digits: the 1,797 digits of scikit-learn's `load_digits()`, which is the test part
of "Optical Recognition of Handwritten Digits" (Alpaydin and Kaynak, UCI, 1998), each a grid
of 8x8, brought to 28x28 in the manner of MNIST. Their order is kept: the first 1,500
are the training part, the last 297 the test part. UCI says that 13 people wrote them,
not who wrote which; but the same sequence of labels comes 14 times with small gaps, as
if one form after another had been read. If that is so, the test part is the end
of the twelfth form and two forms that nothing was trained on.

Colours: the names of the xkcd color survey (Munroe, 2010) whose last word is red,
green or blue, as Matplotlib holds them. Every part has about the same share of each.
"""

import argparse
import csv
import hashlib
import io
import zipfile

import numpy as np
from digit_images import like_mnist
from matplotlib.colors import XKCD_COLORS

from helpers.folders import DATA

TRAINING_DIGITS = 1500
LABELS = ("red", "green", "blue")
TEST_COLORS, MORE_COLORS = 20, 58
SEED = 2010


def digits_file():
    """Return the bytes of data/digits.npz."""
    from sklearn.datasets import load_digits

    source = load_digits()
    x = np.array([like_mnist(counts).reshape(784) for counts in source.images.astype(np.int64)])
    t = source.target.astype(np.uint8)
    return npz_file(
        x_train=x[:TRAINING_DIGITS],
        t_train=t[:TRAINING_DIGITS],
        x_test=x[TRAINING_DIGITS:],
        t_test=t[TRAINING_DIGITS:],
    )


def npz_file(**arrays):
    """Return the bytes of an uncompressed .npz file.

    `np.savez` does the same, but notes the operating system in the file.
    """
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, array in arrays.items():
            content = io.BytesIO()
            np.lib.format.write_array(content, array, version=(1, 0))
            entry = zipfile.ZipInfo(f"{name}.npy")
            entry.create_system = 3
            archive.writestr(entry, content.getvalue())
    return file.getvalue()


def colors_file():
    """Return the bytes of data/colors.csv."""
    names = well_mixed(name.removeprefix("xkcd:") for name in XKCD_COLORS)
    parts = ["test"] * TEST_COLORS + ["more"] * MORE_COLORS
    parts += ["train"] * (len(names) - len(parts))
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["name", "red", "green", "blue", "label", "part"])
    for name, part in zip(names, parts, strict=True):
        rgb = bytes.fromhex(XKCD_COLORS[f"xkcd:{name}"].removeprefix("#"))
        table.writerow([name, *rgb, name.split()[-1], part])
    return text.getvalue().encode("utf-8")


def well_mixed(names):
    """Return the names that end in a label, in an order that looks random.

    Any stretch of it holds about the same share of red, green and blue.
    """
    shuffled = sorted(names, key=lambda name: hashlib.sha256(f"{SEED} {name}".encode()).digest())
    places = []
    for label in LABELS:
        group = [name for name in shuffled if name.split()[-1] == label]
        places += [((i + 0.5) / len(group), name) for i, name in enumerate(group)]
    return [name for _, name in sorted(places)]


def main():
    """Write both files, or compare them; return 1 if one differs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    check = parser.parse_args().check
    made = {DATA / "digits.npz": digits_file(), DATA / "colors.csv": colors_file()}
    exit_code = 0
    for path, content in made.items():
        if not check:
            path.write_bytes(content)
            print(f"data/{path.name} is written.")
        elif path.exists() and path.read_bytes() == content:
            print(f"data/{path.name} is as it should be.")
        else:
            print(f"data/{path.name} differs from what this script makes.")
            exit_code = 1
    return exit_code


if __name__ == "__main__":
    raise SystemExit(main())
