"""A learner without a browser: logs in, opens a lesson and runs it as JupyterLab does."""

import json
import time
import uuid

import requests
import websocket

PATIENCE = 600  # seconds that a learner waits for anything


class ScenarioError(Exception):
    """Something that a learner would call broken. The message says what."""


class Learner:
    """One person at one hub: `url` is the hub's address."""

    def __init__(self, url, name, password):
        self.url, self.name, self.password = url, name, password
        self.web = requests.Session()
        self.web.trust_env = False  # a proxy of this machine does not know the way
        self.answers = []  # seconds from each cell's start to its end

    def __str__(self):
        return self.name

    def get(self, path, **options):
        """Get a page of the hub; follow its redirects."""
        return self.web.get(self.url + path, timeout=PATIENCE, **options)

    def login(self):
        """Log in with the password, as the hub's page does; return the page's status."""
        self.get("/hub/login")
        form = {"username": self.name, "password": self.password, "_xsrf": self.token("/hub/")}
        page = self.web.post(
            f"{self.url}/hub/login", data=form, timeout=PATIENCE, allow_redirects=False
        )
        return page.status_code

    def token(self, path):
        """Return what a page has to send back to show that it is the hub's own."""
        found = [cookie for cookie in self.web.cookies if cookie.name == "_xsrf"]
        best = [c.value for c in found if c.path == path] + [c.value for c in found]
        if not best:
            raise ScenarioError(f"{self.name}: the page has set no cookie")
        return best[0]

    def start(self):
        """Let the hub start this learner's server, and wait for JupyterLab; return the seconds."""
        begin = time.perf_counter()
        self.get(f"/hub/spawn/{self.name}")
        last = begin + PATIENCE
        while time.perf_counter() < last:
            page = self.get(f"/user/{self.name}/lab")
            if page.url.split("?")[0].endswith(f"/user/{self.name}/lab") and page.ok:
                return time.perf_counter() - begin
            time.sleep(1)
        raise ScenarioError(
            f"{self.name}: no JupyterLab in {PATIENCE} seconds ({page.status_code})"
        )

    def api(self, method, path, **options):
        """Ask this learner's own server; return its answer."""
        answer = self.web.request(
            method,
            f"{self.url}/user/{self.name}/api/{path}",
            headers={"X-XSRFToken": self.token(f"/user/{self.name}/")},
            timeout=PATIENCE,
            **options,
        )
        if not answer.ok:
            raise ScenarioError(
                f"{self.name}: {method} {path}: {answer.status_code} {answer.text[:200]}"
            )
        return answer.json() if answer.content else None

    def save(self, path, text):
        """Write a text file into this learner's folder."""
        self.api(
            "PUT", f"contents/{path}", json={"type": "file", "format": "text", "content": text}
        )

    def open(self, path):
        """Open a notebook and start its kernel; return the notebook and the kernel."""
        notebook = self.api("GET", f"contents/{path}")
        session = {"path": path, "name": path, "type": "notebook", "kernel": {"name": "python3"}}
        kernel = self.api("POST", "sessions", json=session)["kernel"]["id"]
        return notebook, Kernel(self, kernel)


class Kernel:
    """A running kernel, spoken to over a WebSocket."""

    def __init__(self, learner, kernel):
        self.learner, self.session = learner, uuid.uuid4().hex
        path = f"/user/{learner.name}/api/kernels/{kernel}/channels?session_id={self.session}"
        request = requests.Request("GET", learner.url + path)
        cookies = learner.web.prepare_request(request).headers["Cookie"]
        self.socket = websocket.create_connection(
            "ws" + learner.url.removeprefix("http") + path, cookie=cookies, timeout=PATIENCE
        )

    def run(self, code):
        """Run a cell; return its outputs, when the kernel is idle again."""
        begin, number = time.perf_counter(), uuid.uuid4().hex
        self.socket.send(json.dumps(self.request(number, code)))
        outputs, waiting = [], {"idle", "reply"}
        while waiting:
            message = json.loads(text_of(self.socket.recv()))
            if message["parent_header"].get("msg_id") != number:
                if message["content"].get("execution_state") in ("restarting", "dead"):
                    raise ScenarioError(f"{self.learner}: the kernel has died")
                continue
            kind, content = message["msg_type"], message["content"]
            if kind in ("stream", "error", "display_data", "execute_result"):
                outputs.append({"output_type": kind, **content})
            elif kind == "execute_reply":
                waiting.discard("reply")
            elif kind == "status" and content["execution_state"] == "idle":
                waiting.discard("idle")
        self.learner.answers.append(time.perf_counter() - begin)
        return outputs

    def request(self, number, code):
        """Return the message that asks the kernel to run code."""
        return {
            "header": {
                "msg_id": number,
                "msg_type": "execute_request",
                "username": self.learner.name,
                "session": self.session,
                "version": "5.3",
            },
            "parent_header": {},
            "metadata": {},
            "channel": "shell",
            "content": {"code": code, "silent": False, "store_history": True},
        }

    def close(self):
        """Close the connection; the kernel stays, as after closing a tab."""
        self.socket.close()


def text_of(received):
    """Return the JSON of a message; in a widget's message, bytes follow it.

    Such a message begins with the number of its parts and the place of each, in four bytes each.
    """
    if isinstance(received, str):
        return received
    start, end = (int.from_bytes(received[place : place + 4], "big") for place in (4, 8))
    return received[start:end]
