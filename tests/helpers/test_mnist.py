"""The four files of MNIST: where they are looked for, and that nothing false is used or kept.

The mirrors are servers on this machine, the files small stand-ins.
"""

import errno
import gzip
import hashlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import requests

from helpers import datasets, mnist

FILES, MIRRORS = mnist.FILES, mnist.MIRRORS  # the real ones
NAMES = tuple(FILES)
BIG = NAMES[0]
ANOTHER_FILE = gzip.compress(b"not a digit", mtime=0)


def stand_in(number):
    """Return a gzip file of some thousand bytes, which cannot be made smaller."""
    return gzip.compress(np.random.default_rng(number).bytes(9000 - 2000 * number), mtime=0)


CONTENT = {name: stand_in(number) for number, name in enumerate(NAMES)}
HALF = len(CONTENT[BIG]) // 2


# A mirror


class Mirror:
    """A server on this machine. `manner`, a function below, says how it answers."""

    def __init__(self):
        self.manner = honest
        self.asked = []  # a pair for each request: file name, Range header or None
        self.closing = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.address = f"http://127.0.0.1:{self.server.server_port}/mnist/"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()

    def handler(self):
        mirror = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                name = self.path.rsplit("/", 1)[-1]
                mirror.asked.append((name, self.headers["Range"]))
                try:
                    mirror.manner(self, CONTENT[name], mirror.closing)
                except ConnectionError:
                    pass  # the other side has heard enough

            def log_message(self, *args):
                pass

        return Handler

    def close(self):
        self.closing.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def answer(handler, status, body, length=None):
    """Send `body`, and promise `length` bytes."""
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(body) if length is None else length))
    handler.end_headers()
    handler.wfile.write(body)


def honest(handler, content, closing):
    if handler.headers["Range"]:
        start = int(handler.headers["Range"].removeprefix("bytes=").removesuffix("-"))
        answer(handler, 206, content[start:])
    else:
        answer(handler, 200, content)


def without_ranges(handler, content, closing):
    answer(handler, 200, content)


def too_much(handler, content, closing):
    answer(handler, 200, content + b"and more")


def cut(handler, content, closing):
    answer(handler, 200, content[:HALF], length=len(content))


def cut_without_a_length(handler, content, closing):
    handler.send_response(200)
    handler.end_headers()
    handler.wfile.write(content[:HALF])


def login_page(handler, content, closing):
    answer(handler, 200, b"<html>503 Service Unavailable, please log in</html>" * 400)


def empty(handler, content, closing):
    answer(handler, 200, b"")


def not_found(handler, content, closing):
    answer(handler, 404, b"not here")


def another_file(handler, content, closing):
    answer(handler, 200, ANOTHER_FILE + bytes(len(content) - len(ANOTHER_FILE)))


def silent(handler, content, closing):
    closing.wait()


def silent_in_the_middle(handler, content, closing):
    answer(handler, 200, content[:HALF], length=len(content))
    closing.wait()


def drop_by_drop(handler, content, closing):
    answer(handler, 200, content[:100], length=len(content))
    for number in range(100, len(content)):
        if closing.wait(0.01):
            return
        handler.wfile.write(content[number : number + 1])


def endless(handler, content, closing):
    handler.send_response(200)
    handler.end_headers()
    while not closing.is_set():
        handler.wfile.write(ANOTHER_FILE)


def mute(handler, content, closing):
    handler.wfile.write(b"Hello, this is not HTTP.\r\n\r\n")


# Fixtures


@pytest.fixture(autouse=True)
def small_world(monkeypatch, tmp_path):
    """Stand-ins for the files, an empty cache, and no mirror that answers."""
    table = {
        name: (len(content), hashlib.sha256(content).hexdigest())
        for name, content in CONTENT.items()
    }
    monkeypatch.setattr(mnist, "FILES", table)
    monkeypatch.setattr(mnist, "CACHE", tmp_path / "data" / "mnist")
    monkeypatch.setattr(mnist, "MIRRORS", ("http://127.0.0.1:1/mnist/",))
    monkeypatch.setattr(mnist, "WAIT", (10, 10))
    monkeypatch.setattr(mnist, "PIECE", 64)
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.delenv("MNIST_DIR", raising=False)


@pytest.fixture
def mirrors(monkeypatch):
    """Three mirrors that give what they are asked for."""
    servers = [Mirror(), Mirror(), Mirror()]
    monkeypatch.setattr(mnist, "MIRRORS", tuple(server.address for server in servers))
    yield servers
    for server in servers:
        server.close()


@pytest.fixture
def mirror(mirrors, monkeypatch):
    """A single mirror."""
    monkeypatch.setattr(mnist, "MIRRORS", (mirrors[0].address,))
    return mirrors[0]


def fill(folder):
    """Write the four files into `folder`."""
    folder.mkdir(parents=True)
    for name, content in CONTENT.items():
        (folder / name).write_bytes(content)


def put(path, content):
    """Write one file, and make its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def in_cache():
    """Return {name: bytes} of all that is in the cache."""
    if not mnist.CACHE.is_dir():
        return {}
    return {path.name: path.read_bytes() for path in mnist.CACHE.iterdir()}


def part(name=BIG):
    """Return the path of what is left of a broken download."""
    return mnist.CACHE / f"{name}.part"


def last_line(capsys):
    """Return what the screen shows in the end: of each line, what follows the last return."""
    return capsys.readouterr().out.split("\n")[-2].rsplit("\r")[-1]


DOWNLOADED = "Downloaded MNIST and kept it in data/mnist."


# The ladder


def test_the_table_is_that_of_the_readme():
    text = (mnist.DATA / "README.md").read_text(encoding="utf-8")
    for name, (size, sha256) in FILES.items():
        assert f"| {name} | {size:,} | {sha256} |" in text
    assert all(address.startswith("https://") for address in MIRRORS)
    assert all(address.endswith("/") for address in MIRRORS)


def test_bundled_asks_nobody(monkeypatch, mirror, capsys):
    monkeypatch.setenv("MNIST_DIR", "bundled")
    x_train, _, x_test, _ = datasets.mnist()
    assert (len(x_train), len(x_test)) == (1500, 297)
    assert capsys.readouterr().out == "Using the 1,797 bundled digits (MNIST_DIR=bundled).\n"
    assert mirror.asked == []


def test_the_folder_in_mnist_dir_comes_first(monkeypatch, mirror, tmp_path, capsys):
    fill(tmp_path / "mine")
    monkeypatch.setenv("MNIST_DIR", str(tmp_path / "mine"))
    assert mnist.find() == CONTENT
    assert capsys.readouterr().out == ""
    assert mirror.asked == []
    assert in_cache() == {}


def test_mnist_dir_says_what_is_missing_or_damaged(monkeypatch, mirror, tmp_path, capsys):
    mine = tmp_path / "mine"
    fill(mine)
    (mine / NAMES[1]).unlink()
    (mine / NAMES[2]).write_bytes(CONTENT[NAMES[2]][:-1])
    (mine / NAMES[3]).write_bytes(CONTENT[NAMES[3]] + b"more")
    monkeypatch.setenv("MNIST_DIR", str(mine))
    assert mnist.find() == CONTENT
    warning, progress, _ = capsys.readouterr().out.split("\n")
    assert warning == (
        f"The folder in MNIST_DIR is not used: {NAMES[1]} is missing, "
        f"{NAMES[2]} is damaged, {NAMES[3]} is damaged."
    )
    assert progress.endswith(DOWNLOADED)


def test_mnist_dir_that_does_not_exist_names_all_files(monkeypatch, tmp_path, capsys):
    fill(mnist.CACHE)
    monkeypatch.setenv("MNIST_DIR", str(tmp_path / "nowhere"))
    assert mnist.find() == CONTENT
    assert capsys.readouterr().out.count("is missing") == 4


def test_a_file_that_cannot_be_read_is_named(monkeypatch, tmp_path, capsys):
    fill(tmp_path / "mine")
    fill(mnist.CACHE)
    (tmp_path / "mine" / BIG).unlink()
    (tmp_path / "mine" / BIG).mkdir()
    monkeypatch.setenv("MNIST_DIR", str(tmp_path / "mine"))
    assert mnist.find() == CONTENT
    line = f"The folder in MNIST_DIR is not used: {BIG} cannot be read.\n"
    assert capsys.readouterr().out == line


def test_the_cache_asks_nobody(mirror, capsys):
    fill(mnist.CACHE)
    assert mnist.find() == CONTENT
    assert capsys.readouterr().out == ""
    assert mirror.asked == []


def test_a_damaged_file_in_the_cache_is_replaced(mirror, capsys):
    fill(mnist.CACHE)
    put(mnist.CACHE / NAMES[1], b"<html>503</html>")
    assert mnist.find() == CONTENT
    assert mirror.asked == [(NAMES[1], None)]
    assert in_cache() == CONTENT
    assert last_line(capsys) == DOWNLOADED


def test_files_are_downloaded_once(mirror, capsys):
    assert mnist.find() == CONTENT
    assert mirror.asked == [(name, None) for name in NAMES]
    assert in_cache() == CONTENT
    assert last_line(capsys) == DOWNLOADED
    assert mnist.find() == CONTENT
    assert len(mirror.asked) == 4
    assert capsys.readouterr().out == ""


def test_without_a_network_there_are_the_bundled_digits(capsys):
    x_train, t_train, x_test, t_test = datasets.mnist()
    assert (x_train.shape, x_test.shape) == ((1500, 784), (297, 784))
    assert (t_train.shape, t_test.shape) == ((1500,), (297,))
    assert last_line(capsys) == (
        "MNIST could not be downloaded: no connection to the server (is this computer online?). "
        "Using the 1,797 bundled digits instead. "
        "To get MNIST later, go online and run this again, or see data/README.md."
    )
    assert in_cache() == {}


# What goes wrong on the way


@pytest.mark.parametrize(
    "manner, reason",
    [
        (cut, "the connection broke off"),
        (cut_without_a_length, "the connection broke off"),
        (empty, "the connection broke off"),
        (login_page, "a web page came instead of the file (from a proxy or a login?)"),
        (not_found, "the server answered with error 404"),
        (another_file, "the file that arrived was damaged"),
        (endless, "the file that arrived was damaged"),
        (silent, "the server did not answer in time"),
        (silent_in_the_middle, "no connection to the server (is this computer online?)"),
        (mute, "no connection to the server (is this computer online?)"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_mirror_that_fails_is_explained_and_the_next_one_is_asked(
    mirrors, monkeypatch, capsys, manner, reason
):
    fill(mnist.CACHE)
    (mnist.CACHE / BIG).unlink()
    mirrors[0].manner = manner
    if manner in (silent, silent_in_the_middle):
        monkeypatch.setattr(mnist, "WAIT", (10, 0.4))
    monkeypatch.setattr(mnist, "MIRRORS", (mirrors[0].address,))
    assert mnist.find() is None
    assert last_line(capsys).startswith(f"MNIST could not be downloaded: {reason}. Using the 1,797")
    assert BIG not in in_cache()
    monkeypatch.setattr(mnist, "MIRRORS", (mirrors[0].address, mirrors[1].address))
    assert mnist.find() == CONTENT
    assert in_cache() == CONTENT
    assert last_line(capsys) == DOWNLOADED


def test_each_reason_is_given_once(mirrors, capsys):
    for server, manner in zip(mirrors, (not_found, login_page, not_found), strict=True):
        server.manner = manner
    assert mnist.find() is None
    reasons = last_line(capsys).removeprefix("MNIST could not be downloaded: ").split(". ")[0]
    assert reasons == (
        "the server answered with error 404; "
        "a web page came instead of the file (from a proxy or a login?)"
    )


@pytest.mark.parametrize("manner", [login_page, not_found, another_file, empty, endless])
def test_nothing_false_is_kept(mirror, manner):
    mirror.manner = manner
    assert mnist.find() is None
    assert in_cache() == {}


def test_no_more_is_read_than_the_file_can_be_long(mirror):
    mirror.manner = endless
    received = []
    size = len(CONTENT[BIG])
    line = SimpleNamespace(show=lambda name, size, there: received.append(there))
    with pytest.raises(mnist.Unusable):
        mnist.download(BIG, line)
    assert size <= max(received) <= size + mnist.PIECE


def test_what_comes_after_the_file_is_left_out(mirror):
    mirror.manner = too_much
    assert mnist.find() == CONTENT
    assert in_cache() == CONTENT


def test_a_file_takes_no_longer_than_its_limit(mirror, monkeypatch, capsys):
    mirror.manner = drop_by_drop
    monkeypatch.setattr(mnist, "TIME_LIMIT", 0.2)
    assert mnist.find() is None
    assert "it took too long" in last_line(capsys)


@pytest.mark.parametrize(
    "error, words",
    [
        (requests.ConnectTimeout(), "the server did not answer in time"),
        (requests.exceptions.SSLError(), "the secure connection failed"),
        (requests.exceptions.ProxyError(), "no connection to the server"),
        (requests.exceptions.InvalidURL(), "the server's answer made no sense"),
        (OSError("no certificates"), "the server's answer made no sense"),
    ],
)
def test_errors_are_put_in_plain_words(error, words):
    assert mnist.in_plain_words(error).startswith(words)


# Going on where it broke off


def test_the_next_call_goes_on_from_there(mirror):
    mirror.manner = cut_without_a_length
    assert mnist.find() is None
    begun = in_cache()
    assert list(begun) == [part().name]
    assert CONTENT[BIG].startswith(begun[part().name])
    mirror.manner = honest
    mirror.asked.clear()
    assert mnist.find() == CONTENT
    assert mirror.asked[0] == (BIG, f"bytes={len(begun[part().name])}-")
    assert in_cache() == CONTENT


def test_the_next_mirror_goes_on_from_there(mirrors):
    mirrors[0].manner = cut_without_a_length
    assert mnist.find() == CONTENT
    assert mirrors[1].asked[0] == (BIG, f"bytes={HALF}-")


def test_a_server_without_ranges_begins_at_the_beginning(mirror):
    put(part(), CONTENT[BIG][:HALF])
    mirror.manner = without_ranges
    assert mnist.find() == CONTENT
    assert mirror.asked[0] == (BIG, f"bytes={HALF}-")
    assert in_cache() == CONTENT


def test_a_false_part_costs_one_more_attempt_on_the_same_mirror(mirrors):
    put(part(), ANOTHER_FILE)
    assert mnist.find() == CONTENT
    assert mirrors[0].asked[:2] == [(BIG, f"bytes={len(ANOTHER_FILE)}-"), (BIG, None)]
    assert mirrors[1].asked == []
    assert in_cache() == CONTENT


def test_a_false_part_is_removed_although_no_mirror_helps(mirror):
    put(part(), ANOTHER_FILE)
    mirror.manner = another_file
    assert mnist.find() is None
    assert in_cache() == {}


def test_a_part_that_is_no_gzip_file_is_forgotten(mirror):
    put(part(), b"<html>503</html>")
    assert mnist.find() == CONTENT
    assert mirror.asked[0] == (BIG, None)
    assert in_cache() == CONTENT


def test_a_part_that_is_too_long_is_forgotten(mirror):
    put(part(), ANOTHER_FILE + CONTENT[BIG])
    assert mnist.find() == CONTENT
    assert in_cache() == CONTENT


def test_a_part_that_is_complete_needs_no_network(capsys):
    fill(mnist.CACHE)
    (mnist.CACHE / BIG).rename(part())
    assert mnist.find() == CONTENT
    assert in_cache() == CONTENT


@pytest.mark.parametrize("manner", [login_page, not_found, mute, empty])
def test_a_part_outlives_a_mirror_that_fails(mirror, manner):
    put(part(), CONTENT[BIG][:HALF])
    mirror.manner = manner
    assert mnist.find() is None
    assert in_cache() == {part().name: CONTENT[BIG][:HALF]}


def test_stopping_keeps_what_has_arrived(mirror, monkeypatch, capsys):
    show = mnist.ProgressLine.show

    def show_and_stop(line, name, size, received):
        show(line, name, size, received)
        if received > HALF:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(mnist.ProgressLine, "show", show_and_stop)
        with pytest.raises(KeyboardInterrupt):
            mnist.find()
    assert last_line(capsys).rstrip() == "Stopped downloading MNIST. Run this again to go on."
    ((name, begun),) = in_cache().items()
    assert name == part().name
    assert CONTENT[BIG].startswith(begun)
    assert len(begun) > HALF
    assert mnist.find() == CONTENT
    assert mirror.asked[1] == (BIG, f"bytes={len(begun)}-")
    assert in_cache() == CONTENT


def test_stopping_while_a_file_is_written_leaves_nothing_half(mirror, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", stop)
        with pytest.raises(KeyboardInterrupt):
            mnist.find()
    assert in_cache() == {}
    assert mnist.find() == CONTENT


def stop(*args):
    raise KeyboardInterrupt


# Where it cannot be kept


def no_folder(monkeypatch):
    """Let the folder for the cache be a file: no system can make a folder in it."""
    put(mnist.CACHE.parent, b"")


def disk_is_full(monkeypatch):
    """Let a disk take the first bytes of a file only."""
    write_bytes = Path.write_bytes

    def write_some(path, data):
        write_bytes(path, data[:100])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", write_some)


def file_is_in_use(monkeypatch):
    """Let the first file not be replaced, as on Windows when another process has it open."""
    replace = Path.replace

    def replace_others(path, target):
        if target.name.startswith(BIG):
            raise PermissionError(errno.EACCES, "Access is denied")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", replace_others)


UNKEEPABLE = pytest.mark.parametrize("trouble", [no_folder, disk_is_full, file_is_in_use])


@UNKEEPABLE
def test_real_data_although_they_cannot_be_kept(mirror, monkeypatch, capsys, trouble):
    trouble(monkeypatch)
    assert mnist.find() == CONTENT
    assert last_line(capsys).startswith("Downloaded MNIST, but could not keep it in data/mnist")
    assert not [name for name in in_cache() if name.startswith(BIG)]


@UNKEEPABLE
def test_a_cut_is_harmless_although_nothing_can_be_kept(mirror, monkeypatch, trouble):
    mirror.manner = cut
    trouble(monkeypatch)
    assert mnist.find() is None
    assert in_cache() == {}


# Two kernels


def test_two_downloads_at_once_do_no_harm(mirror):
    together = threading.Barrier(2)
    found = []

    def find():
        together.wait()
        found.append(mnist.find())

    threads = [threading.Thread(target=find) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [CONTENT, CONTENT]
    assert in_cache() == CONTENT


# The line of progress


def test_the_line_moves_four_times_a_second_at_most(monkeypatch, capsys):
    clock = SimpleNamespace(now=10, monotonic=lambda: clock.now)
    monkeypatch.setattr(mnist, "time", clock)
    line = mnist.ProgressLine()
    for step in range(101):
        clock.now = 10 + step / 100
        line.show("train-images-idx3-ubyte.gz", 200, 2 * step)
    line.end("Done.")
    texts = capsys.readouterr().out.split("\r")
    assert texts[:2] == [
        "Downloading MNIST: train-images 0 %",
        "Downloading MNIST: train-images 26 %",
    ]
    assert len(texts) == 5  # at 0, 26, 52, 78 hundredths of a second, and the end


def test_the_last_sentence_covers_the_line(capsys):
    line = mnist.ProgressLine()
    line.show("train-images-idx3-ubyte.gz", 100, 43)
    line.end("Done.")
    before, after = capsys.readouterr().out.split("\r")
    assert after == "Done.".ljust(len(before)) + "\n"


def test_without_progress_there_is_only_the_sentence(capsys):
    mnist.ProgressLine().end("Done.")
    assert capsys.readouterr().out == "Done.\n"
