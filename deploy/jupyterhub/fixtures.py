"""What a load test needs around it: a hub of its own, and temporary accounts."""

import contextlib
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import accounts
import requests
from client import ScenarioError

HERE = Path(__file__).resolve().parent
LOG = Path("load_test.log")


@contextlib.contextmanager
def hub(port):
    """Start a hub with the configuration of this folder; give its address; stop it."""
    url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as state:
        command = [
            str(Path(sys.prefix) / "bin" / "jupyterhub"),
            f"--config={HERE / 'jupyterhub_config.py'}",
            f"--JupyterHub.bind_url={url}",
            f"--JupyterHub.hub_port={port + 1}",
            f"--ConfigurableHTTPProxy.api_url=http://127.0.0.1:{port + 2}",
            f"--JupyterHub.db_url=sqlite:///{state}/hub.sqlite",
            f"--JupyterHub.cookie_secret_file={state}/secret",
            "--JupyterHub.cleanup_servers=True",
            "--JupyterHub.log_level=WARN",
        ]
        log = LOG.open("w", encoding="utf-8")
        with log, subprocess.Popen(command, cwd=state, stdout=log, stderr=log) as process:
            try:
                wait_for(url, process)
                yield url
            finally:
                process.terminate()


def wait_for(url, process):
    """Wait until the hub answers. Raises ScenarioError if it does not."""
    for _ in range(60):
        if process.poll() is not None:
            break
        with contextlib.suppress(requests.ConnectionError):
            if requests.get(f"{url}/hub/api/", timeout=10).ok:
                return
        time.sleep(1)
    raise ScenarioError(f"The hub does not start: {LOG} says why.")


@contextlib.contextmanager
def temporary_accounts(count):
    """Make accounts; give {name: password}; delete them."""
    names = [f"loadtest{number:02}" for number in range(1, count + 1)]
    there = [name for name in names if accounts.exists(name)]
    if there:
        sys.exit(f"These accounts are there already: {', '.join(there)}. Remove them first.")
    made = {}
    with contextlib.ExitStack() as cleanup:
        for name in names:
            cleanup.callback(remove_if_there, name)  # first: `add` may stop half-way
            made[name] = accounts.add(name)
        yield made


def remove_if_there(name):
    """Delete an account, unless it was never made."""
    if accounts.exists(name):
        accounts.remove(name)
