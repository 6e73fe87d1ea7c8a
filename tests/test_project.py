"""The project's own files agree: dependencies, lock, environment, README."""

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
READMES = ["README.md", "README.ja.md"]


def direct():
    """Return the direct dependencies of pyproject.toml."""
    return [Requirement(text) for text in PYPROJECT["project"]["dependencies"]]


def pins():
    """Return the requirements of the lock, without comments and the last line."""
    return [Requirement(line) for line in LOCK[:-1] if not line.startswith("#")]


def test_every_direct_dependency_is_locked_in_its_range():
    for requirement in direct():
        found = [pin for pin in pins() if pin.name == requirement.name]
        assert found, f"{requirement.name} is not in requirements.txt: run tools/lock.py"
        for pin in found:
            (exact,) = pin.specifier
            assert exact.operator == "==" and requirement.specifier.contains(exact.version), pin


def test_the_lock_holds_what_is_needed_and_nothing_else():
    """Follow the dependencies of the installed packages, on this system and this Python."""
    needed, open_names = set(), [requirement.name for requirement in direct()]
    while open_names:
        name = open_names.pop()
        if name not in needed:
            needed.add(name)
            open_names += requirements_of(name)
    locked = {pin.name for pin in pins() if pin.marker is None or pin.marker.evaluate()}
    assert needed - locked == set(), "not in requirements.txt: run tools/lock.py"
    assert locked - needed == set(), "nobody needs these: run tools/lock.py"


def requirements_of(name):
    """Return the names that an installed package requires here, with its extras left out."""
    environment = default_environment() | {"extra": ""}
    for text in metadata.requires(name) or []:
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate(environment):
            yield canonical(requirement.name)
            for extra in requirement.extras:
                yield from requirements_of_extra(requirement.name, extra)


def requirements_of_extra(name, extra):
    """Return the names that one extra of an installed package requires."""
    environment = default_environment() | {"extra": extra}
    for text in metadata.requires(name) or []:
        requirement = Requirement(text)
        if "extra" in text and requirement.marker.evaluate(environment):
            yield canonical(requirement.name)


def canonical(name):
    """Return a package name as the lock writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_lock_ends_with_the_course_itself():
    assert LOCK[-1] == "-e ."
    assert not any("://" in line for line in LOCK), "no package index may be named in the lock"


def test_conda_has_no_second_list():
    environment = (ROOT / "environment.yml").read_text(encoding="utf-8")
    listed = re.findall(r"^ *- (.+)$", environment, re.MULTILINE)
    assert listed == ["conda-forge", "python=3.13", "pip", "pip:", "-r requirements.txt"]


@pytest.mark.parametrize("name", READMES)
def test_readme_commands(name):
    edition = "ja" if ".ja." in name else "en"
    text = (ROOT / name).read_text(encoding="utf-8")
    install = "python3 -m venv .venv && .venv/bin/python -m pip install -r requirements.txt && "
    for command in (
        f"{install}.venv/bin/jupyter lab notebooks/{edition}/00_start_here.ipynb",
        f"{install}.venv/bin/python -m pytest",
        rf".venv\Scripts\jupyter lab notebooks\{edition}\00_start_here.ipynb",
        r".venv\Scripts\python -m pytest",
    ):
        assert re.search(rf"^.*{re.escape(command)}$", text, re.MULTILINE), command


@pytest.mark.parametrize("name", READMES)
def test_readme_names_one_address(name):
    source = PYPROJECT["project"]["urls"]["Source"].removeprefix("https://github.com/")
    addresses = re.findall(
        r"(?:github\.com|mybinder\.org/v2/gh)/([\w.-]+/[\w.-]+?)(?:\.git|/HEAD|[\s)\"])",
        (ROOT / name).read_text(encoding="utf-8"),
    )
    assert addresses and set(addresses) == {source}
