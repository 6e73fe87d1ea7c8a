"""Run in a curious learner's kernel: look for the secret of a victim, and print what was found.

In front of this, the load test writes who the victim is, and both secrets: victim, own, secret.
"""
# ruff: noqa: F821

import contextlib
import http.client
import os
import pwd
import time
import urllib.error
import urllib.request
from pathlib import Path

import zmq


def ports_of(uid):
    """Return the ports of this computer on which the processes of a user listen."""
    lines = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    rows = [line.split() for line in lines]
    return [int(row[1].split(":")[1], 16) for row in rows if row[3] == "0A" and int(row[7]) == uid]


def files():
    """Give each place of the file system that shows the victim's secret, or the home folder."""
    if Path("/home", victim).exists():
        yield f"/home/{victim}"
    for folder in ("/home", "/root", "/var/lib/jupyterhub", "/run", "/tmp", "../../my_work"):
        for parent, _, names in os.walk(folder):
            for path in (Path(parent, name) for name in names):
                with contextlib.suppress(OSError, ValueError):
                    if path.is_file() and secret in path.read_text(encoding="utf-8"):
                        yield str(path)


def processes():
    """Give each process of somebody else that can be seen."""
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if entry.stat().st_uid != os.getuid():
                yield f"process {entry.name}"


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *given):
        return None  # to the page for logging in: refused


def server(ports):
    """Ask the victim's server itself, past the hub, without a key and with the learner's own."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), Stay)
    refused = 0
    for port in ports:
        for key in ("", os.environ["JUPYTERHUB_API_TOKEN"]):
            address = f"http://127.0.0.1:{port}/user/{victim}/api/contents/my_work/mine.txt"
            request = urllib.request.Request(address, headers={"Authorization": f"token {key}"})
            try:
                if secret in opener.open(request, timeout=10).read().decode():
                    yield f"server at port {port}"
            except urllib.error.HTTPError:
                refused += 1
            except (OSError, http.client.HTTPException):
                break  # not a web server
    assert refused, f"The server of {victim} was not found: this was no test."


def kernels(ports, seconds):
    """Listen to what the victim's kernels say, while all print their own secrets."""
    ear = zmq.Context().socket(zmq.SUB)
    ear.subscribe("")
    for port in ports:
        ear.connect(f"tcp://127.0.0.1:{port}")
    end = time.time() + seconds
    while time.time() < end:
        print(own, flush=True)
        while ear.poll(200):
            if secret.encode() in b"".join(ear.recv_multipart()):
                yield "what the kernel prints"
                return


def writable():
    """Give each place of the course that could be changed for everybody."""
    for path in ("02_vectors_and_matrices.ipynb", "../../helpers/layers.py", "new.txt"):
        with contextlib.suppress(OSError):
            Path(path).open("a").close()
            yield f"may write {path}"


open_ports = ports_of(pwd.getpwnam(victim).pw_uid)
found = [*kernels(open_ports, 20), *files(), *processes(), *server(open_ports), *writable()]
print("FOUND", found)
