"""A JupyterLab of its own for tests, with settings of its own, and a browser that shows nothing."""

import contextlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import nbformat

# What the course ships, as it is now: what is installed may be older.
SHIPPED = Path(__file__).resolve().parents[2] / "jupyter/share/jupyter/lab/settings"

# All cells are on the page, also those that are not on the screen: a test reads them all.
SETTINGS = {"@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"}}
QUIET = """--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
--disable-component-update --disable-sync""".split()
CHROMIUMS = "chromium", "chromium-browser", "google-chrome"
CHANNELS = None, "chrome", "msedge"  # playwright's own, and browsers in their usual places
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


class Lab:
    """A running JupyterLab, in a folder and with settings of its own."""

    def __init__(self, root, settings, python=sys.executable):
        self.root, self.work, self.token = root, root / "my_work", secrets.token_hex(8)
        self.settings = settings
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        options = {
            "ServerApp.root_dir": root,
            "ServerApp.port": port,
            "ServerApp.ip": "127.0.0.1",
            "ServerApp.open_browser": False,
            "ServerApp.allow_root": True,
            "IdentityProvider.token": self.token,
            "LabApp.app_settings_dir": SHIPPED,
            "LabApp.user_settings_dir": settings,
            "LabApp.workspaces_dir": settings / "workspaces",
            "LabApp.expose_app_in_browser": True,
        }
        command = [str(python), "-m", "jupyterlab"]
        command += [f"--{name}={value}" for name, value in options.items()]
        places = [str(root), os.environ.get("PYTHONPATH")]
        own = {
            "MY_WORK": str(self.work),
            "PYTHONPATH": os.pathsep.join(filter(None, places)),
            "JUPYTER_CONFIG_DIR": str(settings),
            "JUPYTER_RUNTIME_DIR": str(settings / "run"),
            "IPYTHONDIR": str(settings / "ipython"),
        }
        for name, values in SETTINGS.items():
            file = settings / f"{name}.jupyterlab-settings"
            file.parent.mkdir(parents=True)
            file.write_text(json.dumps(values), encoding="utf-8")
        with (settings / "log").open("w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                command, cwd=root, env=os.environ | own, stdout=log, stderr=log
            )

    def request(self, path, method="GET", seconds=30):
        """Return what the server answers, read from JSON if there is something to read."""
        headers = {"Authorization": f"token {self.token}"}
        request = urllib.request.Request(self.address + path, method=method, headers=headers)
        with self.opener.open(request, timeout=seconds) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def wait(self):
        """Wait until it answers."""
        for _ in range(480):
            try:
                return self.request("/api", seconds=5)
            except (urllib.error.URLError, TimeoutError, ConnectionError):
                assert self.process.poll() is None, "JupyterLab has ended."
                time.sleep(0.25)
        raise AssertionError("JupyterLab does not answer.")

    def write(self, path, *cells):
        """Write a notebook of these cells; a text becomes a code cell."""
        cells = [
            nbformat.v4.new_code_cell(cell) if isinstance(cell, str) else cell for cell in cells
        ]
        book = nbformat.v4.new_notebook(cells=cells, metadata=KERNEL)
        nbformat.write(book, self.root / path)

    def url(self, path):
        """Return the address of a notebook."""
        return f"{self.address}/lab/tree/{path}?token={self.token}&reset"

    def shut_down_kernels(self, but):
        """End all kernels, so that none takes time from others, but for notebooks of this name."""
        for session in self.request("/api/sessions"):
            if Path(session["path"]).name != but:
                self.request(f"/api/sessions/{session['id']}", "DELETE")

    def stop(self):
        """End it."""
        self.process.terminate()
        self.process.wait(30)


def launch(chromium, error):
    """Return a started browser, or None if there is none."""
    found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if found is not None:
        return chromium.launch(executable_path=found, args=QUIET)
    for channel in CHANNELS:
        with contextlib.suppress(error):
            return chromium.launch(channel=channel, args=QUIET)
    return None
