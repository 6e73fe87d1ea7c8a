"""The settings that the course ships: JupyterLab knows them, and a user's own come first."""

import hashlib
import json
import sys
from importlib import metadata
from pathlib import Path

import jsonschema
import pytest
from jupyterlab.commands import get_app_dir
from jupyterlab_server import settings_utils

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "jupyter"
SETTINGS = SHIPPED / "share" / "jupyter" / "lab" / "settings"
OURS = SETTINGS / "overrides.d" / "deep-learning-by-hand.json"
VALUES = json.loads(OURS.read_text(encoding="utf-8"))
SCHEMAS = Path(get_app_dir()) / "schemas"
TRACKER = "@jupyterlab/notebook-extension:tracker"
each_plugin = pytest.mark.parametrize("plugin", VALUES)


def seen(plugin, own):
    """Return what JupyterLab reads: the default of each setting, and the user's own settings."""
    (plain, _) = settings_utils.get_settings(str(SETTINGS), str(SCHEMAS), str(own), plugin)
    properties = plain["schema"]["properties"]
    return {key: value.get("default") for key, value in properties.items()}, plain["settings"]


def merged(old, new):
    """Return a value with another one put into it, as JupyterLab puts settings together."""
    if isinstance(old, dict) and isinstance(new, dict):
        return old | {key: merged(old.get(key), value) for key, value in new.items()}
    return new


@each_plugin
def test_jupyterlab_knows_each_setting_and_its_value(plugin):
    package, name = plugin.split(":")
    schema = json.loads((SCHEMAS / package / f"{name}.json").read_text(encoding="utf-8"))
    for key, value in VALUES[plugin].items():
        assert key in schema["properties"], f"{plugin}: JupyterLab has no {key} any more"
        part = schema["properties"][key] | {"definitions": schema.get("definitions", {})}
        jsonschema.validate(value, part)
        for inner in value if isinstance(value, dict) else ():
            known = part.get("default", {})
            assert inner in {*known, "customStyles"}, (
                f"{plugin}, {key}: JupyterLab has no {inner} any more"
            )


@each_plugin
def test_they_are_only_defaults(plugin, tmp_path):
    defaults, own = seen(plugin, tmp_path)
    for key, value in VALUES[plugin].items():
        assert merged(defaults[key], value) == defaults[key]
    assert own == {}, "nothing counts as chosen by the user"


def test_a_users_own_settings_stay_and_come_first(tmp_path):
    chosen = '{\n  // my own\n  "codeCellConfig": {"lineNumbers": false}\n}\n'
    file = tmp_path / "@jupyterlab" / "notebook-extension" / "tracker.jupyterlab-settings"
    file.parent.mkdir(parents=True)
    file.write_text(chosen, encoding="utf-8")
    before = hashlib.sha256(file.read_bytes()).digest()
    defaults, own = seen(TRACKER, tmp_path)
    assert defaults["codeCellConfig"]["lineNumbers"] is True
    assert own == {"codeCellConfig": {"lineNumbers": False}}
    assert hashlib.sha256(file.read_bytes()).digest() == before
    assert len(list(tmp_path.rglob("*.*"))) == 1


def test_no_file_is_shipped_that_belongs_to_the_user():
    """JupyterLab leaves overrides.json to the user; packages have overrides.d."""
    shipped = {path.relative_to(SHIPPED).as_posix() for path in SHIPPED.rglob("*.*")}
    folders = {path for path in shipped if (SHIPPED / path).is_dir()}
    assert shipped - folders == {
        "etc/jupyter/jupyter_lab_config.json",
        "share/jupyter/lab/settings/overrides.d/deep-learning-by-hand.json",
    }


def test_they_are_installed_into_this_environment_and_nowhere_else():
    files = metadata.files("deep-learning-by-hand") or []
    places = [Path(file.locate()).resolve() for file in files if "jupyter" in file.parts]
    assert places, "the course was installed without its settings: install it again"
    assert all(place.is_relative_to(Path(sys.prefix).resolve()) for place in places)


@pytest.mark.parametrize("name", ["README.md", "README.ja.md"])
def test_readme_tells_of_them(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "pip install jupyterlab-language-pack-ja-JP" in text
    assert OURS.relative_to(ROOT).as_posix() in text
