"""Binder and hubs: the files that repo2docker reads, and where a session begins.

What repo2docker itself makes of them is tested where it is installed (`python -m pip install
jupyter-repo2docker`); to build the image would need Docker.
"""

import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LESSON = "/lab/tree/notebooks/{}/00_start_here.ipynb"
READMES = {"en": ROOT / "README.md", "ja": ROOT / "README.ja.md"}
OPTION = "--{}.default_url="
APPS = ("ServerApp", "LabApp", "JupyterNotebookApp")
BASH = shutil.which("bash")
needs_bash = pytest.mark.skipif(os.name == "nt", reason="Binder's images have Linux and bash")


def command(folder, name, script):
    """Make a command that is found before those of this machine; return the environment."""
    (folder / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    (folder / name).chmod(0o755)
    return os.environ | {"PATH": f"{folder}:{os.environ['PATH']}"}


# The buttons


@pytest.mark.parametrize("edition", READMES)
def test_the_button_leads_straight_to_lesson_00_in_jupyterlab(edition):
    text = READMES[edition].read_text(encoding="utf-8")
    address, *others = re.findall(r"\]\((https://mybinder\.org/v2/[^)]*)\)", text)
    assert set(others) <= {address}
    assert address.endswith("/HEAD?urlpath=" + LESSON.format(edition).lstrip("/"))
    assert (ROOT / "notebooks" / edition / "00_start_here.ipynb").is_file()


# start


def told(words, folder, **variables):
    """Return the words with which `start` starts a command, and the hub's default page."""
    env = command(folder, words[0], 'printf "%s\\n" "$JUPYTERHUB_DEFAULT_URL" "$@"') | variables
    run = [BASH, str(ROOT / "start"), *words]
    out = subprocess.run(run, env=env, capture_output=True, text=True, check=True).stdout
    page, *rest = out.splitlines()
    return rest, page


@needs_bash
@pytest.mark.parametrize("language, edition", [("en", "en"), ("ja", "ja"), ("ja_JP", "ja")])
@pytest.mark.parametrize(
    "words",
    [
        ["jupyter-lab", "--port=1"],
        ["jupyter", "notebook", "--port=1"],
        ["jupyter", "notebook", "--ServerApp.default_url=/lab", "--port=1"],  # repo2docker itself
        ["jupyter-notebook", "--NotebookApp.default_url=/lab", "--port=1"],
    ],
)
def test_a_server_begins_with_lesson_00(words, language, edition, tmp_path):
    rest, page = told(words, tmp_path, COURSE_LANGUAGE=language)
    assert page == LESSON.format(edition)
    kept = [word for word in words[1:] if "default_url" not in word]
    assert rest == kept + [OPTION.format(app) + page for app in APPS]


@needs_bash
@pytest.mark.parametrize(
    "words",
    [
        ["jupyter-lab", "--ServerApp.default_url=/lab/tree/notebooks/ja"],
        ["jupyterhub-singleuser", "--port=1"],
        ["jupyter", "nbconvert", "a file.ipynb"],
        ["bash", "-c", "echo  'two  words' *"],
    ],
)
def test_whatever_else_is_started_stays_as_it_was(words, tmp_path):
    assert told(words, tmp_path)[0] == words[1:]


@needs_bash
def test_a_hub_may_choose_another_page(tmp_path):
    assert told(["jupyterhub-singleuser"], tmp_path, JUPYTERHUB_DEFAULT_URL="/tree")[1] == "/tree"
    assert told(["jupyterhub-singleuser"], tmp_path)[1] == LESSON.format("en")


class Stay(urllib.request.HTTPRedirectHandler):
    """Does not follow where an address leads."""

    def redirect_request(self, *args):
        return None


@needs_bash
def test_a_real_server_leads_to_the_lesson(tmp_path):
    log = tmp_path / "log"
    words = ["lab", "--no-browser", "--allow-root", "--ServerApp.port=0"]
    words += ["--IdentityProvider.token=word", f"--ServerApp.root_dir={ROOT}"]
    env = command(tmp_path, "jupyter", f'exec "{sys.executable}" -m jupyter "$@"')
    env |= {"COURSE_LANGUAGE": "ja", "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime")}
    with log.open("wb") as file:
        run = [BASH, str(ROOT / "start"), "jupyter", *words]
        server = subprocess.Popen(run, env=env, cwd=tmp_path, stdout=file, stderr=file)
    try:
        assert leads_to(server, log) == LESSON.format("ja")
    finally:
        server.terminate()
        server.wait(30)


def leads_to(server, log):
    """Wait for a server, and return the path to which its first page leads."""
    for _ in range(300):
        said = log.read_text(encoding="utf-8")
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", said)
        assert server.poll() is None, said
        if found:
            try:
                proxies = urllib.request.ProxyHandler({})
                address = f"http://127.0.0.1:{found[1]}/?token=word"
                urllib.request.build_opener(Stay, proxies).open(address, timeout=20)
            except urllib.error.HTTPError as answer:
                return answer.headers["Location"].split("?")[0]
            except urllib.error.URLError:  # not yet
                pass
        time.sleep(0.1)
    raise AssertionError(log.read_text(encoding="utf-8"))


# postBuild


@needs_bash
def test_what_fetches_mnist_survives_failing_to(tmp_path):
    env = command(tmp_path, "python", "echo broken >&2; exit 1")
    run = subprocess.run([ROOT / "postBuild"], env=env, capture_output=True, text=True)
    assert run.returncode == 0
    assert "MNIST was not fetched" in run.stdout


@needs_bash
def test_it_fetches_mnist_with_the_courses_own_checked_download(tmp_path):
    env = command(tmp_path, "python", f'exec "{sys.executable}" "$@"')
    env |= {"MNIST_DIR": "bundled", "PYTHONPATH": str(ROOT)}
    run = subprocess.run([ROOT / "postBuild"], env=env, capture_output=True, text=True, cwd=ROOT)
    assert run.stdout.startswith("Using the 1,797 bundled digits")
    assert run.returncode == 0 and not run.stderr


@needs_bash
@pytest.mark.parametrize("name", ["start", "postBuild"])
def test_both_scripts_can_be_run(name):
    assert os.access(ROOT / name, os.X_OK)
    content = (ROOT / name).read_bytes()
    assert content.startswith(b"#!/bin/bash\n") and b"\r" not in content
    subprocess.run([BASH, "-n", str(ROOT / name)], check=True)


# repo2docker


@pytest.fixture
def buildpack(monkeypatch):
    """What repo2docker chooses for the course, as it would on Binder."""
    app = pytest.importorskip("repo2docker.app", reason="jupyter-repo2docker is not installed")
    monkeypatch.chdir(ROOT)
    docker = app.Repo2Docker()
    packs = [pack(docker.base_image) for pack in docker.buildpacks]
    chosen = next(pack for pack in packs if pack.detect())
    chosen.platform = "linux/amd64"
    return chosen


def test_repo2docker_takes_our_environment(buildpack):
    assert type(buildpack).__name__ == "CondaBuildPack"
    assert buildpack.binder_path("environment.yml") == "environment.yml"
    assert buildpack.python_version == "3.14"
    assert not buildpack.separate_kernel_env, "the kernel must be the one with JupyterLab"
    assert {"pip": ["-r requirements.txt"]} in buildpack.environment_yaml["dependencies"]


def test_repo2docker_runs_our_scripts(buildpack):
    assert buildpack.get_post_build_scripts() == ["postBuild"]
    assert buildpack.get_start_script() == "${REPO_DIR}/start"
    dockerfile = buildpack.render()
    course = dockerfile.index("COPY --chown=1000:1000 src/ ${REPO_DIR}")
    environment = dockerfile.index('--file "environment.yml"')
    assert course < environment, "requirements.txt and the helpers must be there by then"
    assert environment < dockerfile.index("RUN ./postBuild")
    assert 'ENV R2D_ENTRYPOINT="${REPO_DIR}/start"' in dockerfile
