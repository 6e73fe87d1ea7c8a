"""The configurations for a hub in deploy/jupyterhub, as far as they can be checked without one.

That the hub itself carries a class and keeps learners apart is tested on a real JupyterHub by
deploy/jupyterhub/load_test.py, which needs a Linux server and root.
"""

import configparser
import importlib
import json
import os
import re
import sys
import tomllib
from pathlib import Path

import jsonschema
import pytest
import yaml
from traitlets.config import Config

from tools.offline.targets import pins

ROOT = Path(__file__).resolve().parents[2]
HUB = ROOT / "deploy" / "jupyterhub"
READMES = [HUB / "README.md", HUB / "README.ja.md"]
VALUES = yaml.safe_load((HUB / "kubernetes" / "values.yaml").read_text(encoding="utf-8"))
NO_LOGIN = re.compile(r"dummy|nullauthenticator|shared.?password|allow_all|open_signup", re.I)


@pytest.fixture(scope="module")
def config():
    """Run the hub's configuration as JupyterHub does; return what it sets."""
    c = Config()
    path = HUB / "jupyterhub_config.py"
    code = compile(path.read_text(encoding="utf-8"), str(path), "exec")
    exec(code, {"__file__": str(path), "get_config": lambda: c})
    return c


@pytest.fixture
def module(monkeypatch):
    """Return a function that imports a module of the hub's folder."""
    monkeypatch.syspath_prepend(str(HUB))
    return importlib.import_module


def read(path):
    return path.read_text(encoding="utf-8")


# One server


def test_login_is_never_off(config):
    assert config.JupyterHub.authenticator_class == "pam"
    assert config.PAMAuthenticator.allowed_groups == {"learners", "instructors"}
    assert config.PAMAuthenticator.admin_groups == {"instructors"}
    for path in (*HUB.glob("*.py"), HUB / "jupyterhub.service", HUB / "kubernetes" / "values.yaml"):
        code = re.sub(r"#.*", "", read(path))
        assert not NO_LOGIN.search(code), f"{path.name} lets in people without a login."


def test_only_this_computer_reaches_the_hub_without_https(config):
    assert config.JupyterHub.bind_url.startswith("http://127.0.0.1:")


def test_walls_and_limits(config):
    properties = config.SystemdSpawner.unit_extra_properties
    assert config.JupyterHub.spawner_class == "systemd"
    assert config.SystemdSpawner.mem_limit == "1536M"
    assert config.SystemdSpawner.isolate_tmp and config.SystemdSpawner.disable_user_sudo
    assert properties["ProtectHome"] == "tmpfs" and properties["ProtectSystem"] == "strict"
    assert properties["ProtectProc"] == "invisible"
    assert "--KernelManager.transport=ipc" in config.Spawner.args


def test_each_home_folder_is_my_work_of_the_course(config):
    bound = config.SystemdSpawner.unit_extra_properties["BindPaths"].format(USERNAME="hanako")
    assert bound == f"/home/hanako /home/hanako:{ROOT}/my_work"
    assert config.Spawner.notebook_dir == str(ROOT)


def test_idle_servers_are_stopped(config):
    (service,) = config.JupyterHub.services
    (role,) = config.JupyterHub.load_roles
    assert "jupyterhub_idle_culler" in service["command"]
    assert any(word.startswith("--timeout=") for word in service["command"])
    assert role["services"] == [service["name"]]
    assert "delete:servers" in role["scopes"] and "access:servers" not in role["scopes"]


def test_the_hub_opens_an_existing_lesson(config):
    assert (ROOT / config.Spawner.default_url.removeprefix("/lab/tree/")).is_file()


def test_the_service_starts_this_configuration():
    unit = configparser.ConfigParser(interpolation=None)
    unit.optionxform = str
    unit.read(HUB / "jupyterhub.service", encoding="utf-8")
    assert "deploy/jupyterhub/jupyterhub_config.py" in unit["Service"]["ExecStart"]
    assert unit["Service"]["StateDirectory"] == "jupyterhub"


def test_what_the_hub_needs_is_pinned_and_nothing_for_learners():
    course = {pin.requirement.name for pin in pins(read(ROOT / "requirements-hashes.txt"))}
    for folder in (HUB, HUB / "kubernetes"):
        listed = {str(pin): pin for pin in pins(read(folder / "requirements.txt"))}
        assert set(read(folder / "requirements.in").split()) <= set(listed), "run tools/lock.py"
        for pin in listed.values():
            assert pin.requirement.name not in course, f"{pin} is the course's own already"
            assert re.fullmatch("==[0-9][^,]*", str(pin.requirement.specifier)), pin
            assert pin.hashes and all(re.fullmatch("[0-9a-f]{64}", one) for one in pin.hashes), pin


# Accounts


@pytest.fixture
def accounts(module):
    pytest.importorskip("pwd", reason="accounts are for Linux servers")
    return module("accounts")


def test_names_of_accounts(accounts):
    assert accounts.names_in("hanako\n\n group3-a \nhanako\n") == ["hanako", "group3-a"]
    for wrong in ("Hanako", "花子", "3a", "a b", "root;ls", "x" * 17, "../x"):
        with pytest.raises(ValueError, match="cannot be account names"):
            accounts.names_in(f"taro\n{wrong}\n")


def test_passwords_are_different_and_readable(accounts):
    made = {accounts.password() for _ in range(1000)}
    assert len(made) == 1000
    assert all(re.fullmatch(r"([a-hjkmnp-z2-9]{4}-){2}[a-hjkmnp-z2-9]{4}", one) for one in made)


def test_accounts_of_others_are_not_touched(accounts, monkeypatch, tmp_path, capsys):
    """Neither add nor remove does anything to an account that is no learner's."""
    done = []
    monkeypatch.setattr(accounts, "run", lambda *command, given=None: done.append(command))
    monkeypatch.setattr(accounts, "remove", lambda name: done.append(name))
    monkeypatch.setattr(accounts, "is_learner", lambda name: False)
    names = tmp_path / "names.txt"
    names.write_text("root\n", encoding="utf-8")
    for action in ("add", "remove"):
        monkeypatch.setattr(sys, "argv", ["accounts.py", action, str(names)])
        accounts.main()
    assert done == []
    assert "is there already" in capsys.readouterr().out


# The load test's learner


def test_messages_of_widgets_are_read(module):
    client = module("client")
    text = json.dumps({"a": 1}).encode()
    places = [2, 12, 12 + len(text)]
    message = b"".join(n.to_bytes(4, "big") for n in places) + text + b"\x00\xff"
    assert json.loads(client.text_of(message)) == {"a": 1}
    assert client.text_of("{}") == "{}"


def test_what_a_learner_tries_is_a_program():
    code = read(HUB / "isolation_probe.py")
    compile(code, "isolation_probe.py", "exec")
    for path in re.findall(r'"\.\./\.\./((?:helpers|course)/[^"]+)"', code):
        assert (ROOT / path).is_file(), path


def test_accounts_of_the_load_test_go_even_if_one_was_half_made(accounts, module, monkeypatch):
    fixtures, there = module("fixtures"), []

    def add(name):
        if name == "loadtest03":
            raise OSError("useradd: no room")
        there.append(name)
        if name == "loadtest02":
            raise OSError("chpasswd: no room")  # after useradd
        return "a password"

    monkeypatch.setattr(accounts, "exists", there.__contains__)
    monkeypatch.setattr(accounts, "add", add)
    monkeypatch.setattr(accounts, "remove", there.remove)
    with pytest.raises(OSError, match="chpasswd"), fixtures.temporary_accounts(3):
        pytest.fail("never reached")
    assert there == []
    with fixtures.temporary_accounts(1) as passwords:
        assert passwords == {"loadtest01": "a password"} and there == ["loadtest01"]
    assert there == []


# Kubernetes


def test_values_hold_limits_and_a_login():
    assert VALUES["hub"]["config"]["JupyterHub"]["authenticator_class"] != "dummy"
    assert VALUES["proxy"]["https"]["enabled"] is True
    assert VALUES["singleuser"]["memory"] == {"guarantee": "512M", "limit": "1536M"}
    assert VALUES["cull"]["enabled"] is True
    version = tomllib.loads(read(ROOT / "pyproject.toml"))["project"]["version"]
    assert VALUES["singleuser"]["image"]["tag"] == version
    for page in READMES:
        images = re.findall(r"registry\S+hand:(\S+)", read(page))
        assert set(images) == {version}, page.name
    assert not re.search(r"(secret|password|token)\w*:", read(HUB / "kubernetes" / "values.yaml"))


def test_values_fit_the_schema_of_the_chart():
    """With the chart itself, as `helm pull --untar` brings it."""
    chart = os.environ.get("Z2JH_CHART")
    if not chart:
        pytest.skip("Z2JH_CHART does not name a folder with the chart of Zero to JupyterHub")
    defaults = yaml.safe_load(Path(chart, "values.yaml").read_text(encoding="utf-8"))
    schema = json.loads(Path(chart, "values.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(merged(defaults, VALUES), schema)


def merged(defaults, values):
    """Put values over the chart's own, as helm does: mappings are merged, all else is replaced."""
    if isinstance(defaults, dict) and isinstance(values, dict):
        return defaults | {key: merged(defaults.get(key), values[key]) for key in values}
    return values


def test_merging_is_that_of_helm():
    assert merged({"a": {"b": 1, "c": [2]}}, {"a": {"c": [3]}}) == {"a": {"b": 1, "c": [3]}}


# The pages


def commands(path):
    """Return all blocks of code of a page, without their indentation."""
    blocks = re.findall(r"^ *```\w+\n(.*?)^ *```", read(path), re.DOTALL | re.MULTILINE)
    return [re.sub(r"^ +", "", block, flags=re.MULTILINE) for block in blocks]


def test_both_pages_give_the_same_commands():
    english, japanese = map(commands, READMES)
    assert len(english) > 8
    assert [b.replace("notebooks%2Fja", "notebooks%2Fen") for b in japanese] == english


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_files_on_the_pages_are_there(path):
    text = read(path)
    for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
        assert (HUB / link).exists(), link
    for name in re.findall(r"deploy/jupyterhub/[\w./]*\w", text):
        assert (ROOT / name).exists(), name
