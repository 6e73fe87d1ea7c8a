"""The project's own files agree: dependencies, lists of packages, environment, README."""

import json
import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement

from course.doctor import installation
from helpers import folders
from tools.offline import targets

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
HASHES = (ROOT / "requirements-hashes.txt").read_text(encoding="utf-8")
READMES = ["README.md", "README.ja.md"]
PYTHONS = targets.supported((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ADVISED = installation.advised(installation.supported())
RANGE = {"en": f"{PYTHONS[0]} to {PYTHONS[-1]}", "ja": f"{PYTHONS[0]} から {PYTHONS[-1]}"}
EDITION = {"English": "en", "日本語": "ja"}


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


def test_the_list_with_checksums_has_the_versions_of_the_lock_and_what_builds():
    """Each entry of the lock stands there as it is; beside it only pip and the builder."""
    entries = targets.pins(HASHES)
    locked = {str(pin) for pin in pins()}
    assert locked <= {str(pin) for pin in entries}, "run tools/lock.py"
    more = {pin.requirement.name: pin for pin in entries if str(pin) not in locked}
    builder = [Requirement(text) for text in PYPROJECT["build-system"]["requires"]]
    for requirement in builder:
        (exact,) = more[requirement.name].requirement.specifier
        assert exact.operator == "==" and requirement.specifier.contains(exact.version)
    tools = {"pathspec", "tomlkit", "trove-classifiers", "editables", "pip"}
    assert set(more) == tools | {requirement.name for requirement in builder}


def test_each_entry_has_checksums_and_no_address():
    for pin in targets.pins(HASHES):
        assert pin.hashes and all(re.fullmatch("[0-9a-f]{64}", value) for value in pin.hashes), pin
    assert "://" not in HASHES


def test_the_oldest_python_is_the_same_everywhere():
    assert PYPROJECT["project"]["requires-python"] == f">={PYTHONS[0]}"
    assert PYPROJECT["tool"]["ruff"]["target-version"] == f"py{PYTHONS[0].replace('.', '')}"
    assert [f"{major}.{minor}" for major, minor in installation.supported()] == PYTHONS
    assert ADVISED in PYTHONS


@pytest.mark.parametrize("name", [*READMES, "docs/instructor.md", "docs/instructor.ja.md"])
def test_pages_name_the_supported_pythons(name):
    """A page names all supported versions, or the one that the check of the set-up advises."""
    text = (ROOT / name).read_text(encoding="utf-8")
    named = re.findall(r"(?<![\d.])3\.\d\d(?:(?: to | から )3\.\d\d)?(?![\d.]\d)", text)
    whole = RANGE["ja" if ".ja." in name else "en"]
    assert whole in named and set(named) <= {whole, ADVISED}


@pytest.mark.parametrize("name", READMES)
def test_pages_of_the_hub_name_the_supported_pythons(name):
    text = (ROOT / "deploy" / "jupyterhub" / name).read_text(encoding="utf-8")
    assert f"Python {RANGE['ja' if '.ja.' in name else 'en']}" in text


def test_conda_has_no_second_list():
    environment = (ROOT / "environment.yml").read_text(encoding="utf-8")
    listed = re.findall(r"^ *- (.+)$", environment, re.MULTILINE)
    assert listed == ["conda-forge", f"python={ADVISED}", "pip", "pip:", "-r requirements.txt"]


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
def test_each_lesson_stands_in_the_table_in_its_place(name):
    """Column, language, number and title: each link leads where its place says."""
    text = (ROOT / name).read_text(encoding="utf-8")
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("|")]
    (head,) = [row for row in rows if set(EDITION) <= set(row)]
    columns = [head.index(language) for language in EDITION]
    lessons = [row for row in rows if re.fullmatch(r"\d\d", row[0])]
    found = {row[0]: [row[column] for column in columns] for row in lessons}
    assert list(head)[1] == ("日本語" if ".ja." in name else "English")
    assert [row[0] for row in lessons] == list(found), "each lesson once, in order"
    assert found == {
        path.stem[:2]: [link_to(edition, path.name) for edition in EDITION.values()]
        for path in sorted((ROOT / "notebooks" / "en").glob("[0-9][0-9]_*.ipynb"))
    }


def link_to(edition, file):
    """Return the link to a lesson, under the title that its first line has."""
    path = f"notebooks/{edition}/{file}"
    cells = json.loads((ROOT / path).read_text(encoding="utf-8"))["cells"]
    title = "".join(cells[0]["source"]).splitlines()[0]
    return f"[{title.removeprefix(f'# {file[:2]} ')}]({path})"


@pytest.mark.parametrize("name", READMES)
def test_readme_names_one_address(name):
    source = PYPROJECT["project"]["urls"]["Source"].removeprefix("https://github.com/")
    addresses = re.findall(
        r"(?:github\.com|mybinder\.org/v2/gh)/([\w.-]+/[\w.-]+?)(?:\.git|/HEAD|[\s)\"])",
        (ROOT / name).read_text(encoding="utf-8"),
    )
    assert addresses and set(addresses) == {source}


def test_actions_are_pinned_by_commit_and_say_their_version():
    for path in sorted((ROOT / ".github" / "workflows").glob("*.yml")):
        for line in re.findall(r"uses: (.+)", path.read_text(encoding="utf-8")):
            assert re.fullmatch(r"[\w/.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), (
                f"{path.name}: {line}"
            )


def test_the_citation_names_this_version():
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {PYPROJECT['project']['version']}\n" in text
    assert PYPROJECT["project"]["urls"]["Source"] in text


def test_tests_keep_out_of_the_learners_folder():
    assert folders.MY_WORK != ROOT / "my_work" and ROOT not in folders.MY_WORK.parents
