"""The tool that writes the lists of packages, without the network: uv is played by the tests."""

import pytest

from tools import lock

PLATFORMS = ("win_amd64", "macosx_11_0_arm64", "macosx_10_13_x86_64", "manylinux_2_28_x86_64",
             "manylinux_2_28_aarch64")  # fmt: skip


def package(name, *tags, **more):
    """Return a package as uv tells of it, with a wheel for each tag."""
    files = [f"{name}-1.0-{tag}.whl" for tag in tags]
    wheels = [{"url": f"folder/{file}", "hashes": {"sha256": f"{file}'s"}} for file in files]
    return {"name": name, "version": "1.0", "wheels": wheels} | more


def fast(python):
    """Return a package that is built for one Python on all systems."""
    tag = python.replace("3.", "cp3")
    return package("fast", *(f"{tag}-{tag}-{platform}" for platform in PLATFORMS))


@pytest.fixture
def known(monkeypatch, tmp_path):
    """Lists in a folder of their own, and the packages that uv knows."""
    packages = []
    for name in ("LOCK", "HASHES", "PROJECT"):
        monkeypatch.setattr(lock, name, tmp_path / getattr(lock, name).name)
    monkeypatch.setattr(lock, "ROOT", tmp_path)
    monkeypatch.setattr(lock, "HUBS", ())
    monkeypatch.setattr(lock, "packages", lambda pins: packages)
    classifiers = [f"Programming Language :: Python :: {python}" for python in ("3.12", "3.13")]
    text = f'[build-system]\nrequires = ["builder>=1"]\n[project]\nclassifiers = {classifiers}\n'
    lock.PROJECT.write_text(text, encoding="utf-8")
    return packages


def listed(*packages):
    """Write the list with the checksums of some packages."""
    pins = {(each["name"], "==1.0"): f"{each['name']}==1.0" for each in packages}
    lock.HASHES.write_text(lock.with_hashes(pins), encoding="utf-8")


def test_a_wheel_for_each_computer_and_each_python(known, capsys):
    both = fast("3.12")
    both["wheels"] += fast("3.13")["wheels"]
    known += [both, package("pure", "py3-none-any")]
    listed(*known)
    assert lock.main(["--check"]) == 0
    out = capsys.readouterr().out
    assert "Not yet for Python 3.14: fast==1.0" in out
    assert "windows, mac-arm, mac-intel, linux, linux-arm with 3.12, 3.13." in out


def test_each_lack_is_named(known, capsys):
    known += [fast("3.12"), package("half", "cp38-abi3-win_amd64", "cp38-abi3-macosx_11_0_arm64")]
    listed(*known)
    assert lock.main(["--check"]) == 1
    lacks = [line for line in capsys.readouterr().out.splitlines() if "has no wheel" in line]
    assert "fast==1.0 has no wheel for windows with Python 3.13.0" in lacks
    assert "half==1.0 has no wheel for mac-intel with Python 3.12.0" in lacks
    assert len([line for line in lacks if line.startswith("fast")]) == 5
    assert len([line for line in lacks if line.startswith("half")]) == 3 * 2


def test_a_wheel_without_its_checksum_does_not_count(known, capsys):
    known.append(package("pure", "py3-none-any"))
    listed(*known)
    known[0] = package("pure", "py2.py3-none-any")  # the index has another file today
    assert lock.main(["--check"]) == 1
    assert "pure==1.0 has no wheel for linux with Python 3.12.0" in capsys.readouterr().out


def test_the_lists_are_derived_from_one_another(known, monkeypatch, tmp_path):
    hub = tmp_path / "hub"
    hub.mkdir()
    (hub / "requirements.in").write_text("hub==1.0\n", encoding="utf-8")
    monkeypatch.setattr(lock, "HUBS", [hub])
    asked = []

    def solve(source, output, *options, given=()):
        """Choose 1.0 of all that is asked for, and forget the markers, as uv may."""
        given = list(given) or ["fast==1.0 ; os_name == 'nt'"]
        asked.append((given, options))
        pinned = [text if ";" in text and source != "-" else text.split(";")[0] for text in given]
        text = "\n".join(f"{line.split('>')[0]}==1.0" if "==" not in line else line
                         for line in pinned)  # fmt: skip
        output = tmp_path / output.removeprefix("--output-file=")
        output.write_text(text + "\n", encoding="utf-8")

    def packages(pins):
        return [package(pin.requirement.name, "py3-none-any") for pin in pins]

    monkeypatch.setattr(lock, "solve", solve)
    monkeypatch.setattr(lock, "packages", packages)
    assert lock.main(["--upgrade"]) == 0
    entry = 'fast==1.0; os_name == "nt"'
    assert lock.LOCK.read_text(encoding="utf-8") == "fast==1.0 ; os_name == 'nt'\n-e .\n"
    assert [str(pin) for pin in lock.read(lock.HASHES)] == [
        entry, "builder==1.0", "editables==1.0", "pip==1.0"
    ]  # fmt: skip
    (only,) = lock.read(hub / "requirements.txt")
    assert str(only) == "hub==1.0" and only.hashes == ("hub-1.0-py3-none-any.whl's",)
    assert all(options == ("--upgrade",) for _, options in asked)
    assert asked[1][0] == [entry, "builder>=1", "editables", "pip"]
