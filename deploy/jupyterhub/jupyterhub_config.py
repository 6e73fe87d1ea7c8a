"""One server for a class: everybody in a folder of their own, the course read-only beside it.

README.md says how to set up the server. Learners are ordinary users of the system, in the group
`learners`; systemd starts a server for each of them and keeps it within its limits.
"""

import sys
from pathlib import Path

COURSE = Path(__file__).resolve().parent.parent.parent  # as root installed it
BIN = Path(sys.prefix) / "bin"
STATE = Path("/var/lib/jupyterhub")  # made by jupyterhub.service, for root only

c = get_config()  # noqa: F821

# Who may log in: users of this system, by password, who are in one of these groups. Each person
# has a password of their own: with one for the whole class, anybody could open anybody's work.
c.JupyterHub.authenticator_class = "pam"
c.PAMAuthenticator.allowed_groups = {"learners", "instructors"}
c.PAMAuthenticator.admin_groups = {"instructors"}
c.Authenticator.blocked_users = {"root"}

# Only this computer reaches the hub directly; the web server in front of it adds HTTPS.
c.JupyterHub.bind_url = "http://127.0.0.1:8000"
c.JupyterHub.db_url = f"sqlite:///{STATE}/jupyterhub.sqlite"
c.JupyterHub.cookie_secret_file = str(STATE / "cookie_secret")
c.JupyterHub.cleanup_servers = False  # a restart of the hub ends nobody's work

# A server for each person: JupyterLab in the course's folder, opened on lesson 00.
c.JupyterHub.spawner_class = "systemd"
c.Spawner.cmd = [str(BIN / "jupyterhub-singleuser")]
c.Spawner.args = ["--KernelManager.transport=ipc"]  # private files, not ports open to others
c.Spawner.notebook_dir = str(COURSE)
c.Spawner.default_url = "/lab/tree/notebooks/en/00_start_here.ipynb"
c.Spawner.start_timeout = 600  # thirty people start in the same minute
c.Spawner.http_timeout = 600
c.Spawner.environment = {
    "PATH": f"{BIN}:/usr/local/bin:/usr/bin:/bin",
    "OPENBLAS_NUM_THREADS": "1",  # more threads than processors slow everybody down
}
c.SystemdSpawner.default_shell = "/bin/bash"
c.SystemdSpawner.user_workingdir = str(COURSE)
c.SystemdSpawner.slice = "learners.slice"

# Limits and walls. The home folder of a learner is shown as my_work in the course; other home
# folders, processes and temporary files are not there at all.
c.SystemdSpawner.mem_limit = "1536M"
c.SystemdSpawner.isolate_tmp = True
c.SystemdSpawner.isolate_devices = True
c.SystemdSpawner.disable_user_sudo = True
c.SystemdSpawner.unit_extra_properties = {
    "ProtectSystem": "strict",
    "ProtectHome": "tmpfs",
    "BindPaths": f"/home/{{USERNAME}} /home/{{USERNAME}}:{COURSE}/my_work",
    "ProtectProc": "invisible",
    "MemorySwapMax": "0",
    "TasksMax": "200",
}

# Servers that nobody has used for two hours are stopped; files stay. A lunch break is shorter.
c.JupyterHub.services = [
    {
        "name": "idle-culler",
        "command": [sys.executable, "-m", "jupyterhub_idle_culler", "--timeout=7200"],
    }
]
c.JupyterHub.load_roles = [
    {
        "name": "idle-culler",
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
        "services": ["idle-culler"],
    }
]
