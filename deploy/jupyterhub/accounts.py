"""Make an account for each learner, with a password of their own, and print what they need.

    sudo python3 deploy/jupyterhub/accounts.py add names.txt > passwords.txt
    sudo python3 deploy/jupyterhub/accounts.py remove names.txt

names.txt holds one name on each line, such as hanako or group3-a. An account that is already there
is left as it is. `remove` deletes the accounts of learners, and all their work with them.
"""

import argparse
import grp
import pwd
import re
import secrets
import subprocess
import sys
from pathlib import Path

GROUP = "learners"
INSTRUCTORS = "instructors"  # the hub asks for this group, too
NAME = re.compile(r"[a-z][a-z0-9-]{0,15}")  # longer names make paths too long for kernels
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # no i, l, o, 0, 1: they look alike on paper


def names_in(text):
    """Return the names in a text, one on each line. Raises ValueError if one is not a name."""
    names = [line.strip() for line in text.splitlines() if line.strip()]
    wrong = [name for name in names if not NAME.fullmatch(name)]
    if wrong:
        raise ValueError(
            f"These cannot be account names: {', '.join(wrong)}. Take 1 to 16 small letters a to z,"
            " digits and hyphens, and begin with a letter."
        )
    return list(dict.fromkeys(names))


def password():
    """Return a new password that is easy to type: three groups of four letters or digits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))


def exists(name):
    """Return whether the system knows a user of this name."""
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def is_learner(name):
    """Return whether this is the account of a learner, and not of the system or of a person."""
    return exists(name) and pwd.getpwnam(name).pw_gid == grp.getgrnam(GROUP).gr_gid


def run(*command, given=None):
    """Run a command of the system; raise CalledProcessError if it fails."""
    subprocess.run(command, input=given, text=True, check=True, stdout=subprocess.DEVNULL)


def add(name):
    """Make an account that can log in to the hub and nowhere else; return its password."""
    for group in (GROUP, INSTRUCTORS):
        run("groupadd", "--force", group)
    run("useradd", "--create-home", "--gid", GROUP, "--shell", "/usr/sbin/nologin", name)
    Path(pwd.getpwnam(name).pw_dir).chmod(0o700)
    new = password()
    run("chpasswd", given=f"{name}:{new}\n")
    return new


def remove(name):
    """Stop a learner's server, if it runs, and delete the account with its home folder."""
    unit = f"jupyter-{name}-singleuser"
    subprocess.run(["systemctl", "stop", unit], check=False, capture_output=True)
    subprocess.run(["userdel", "--remove", name], check=True, capture_output=True, text=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("action", choices=["add", "remove"])
    parser.add_argument("names", type=Path, help="a text file with one name in each line")
    options = parser.parse_args()
    try:
        names = names_in(options.names.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        sys.exit(str(problem))
    for name in names:
        if options.action == "add":
            print(f"{name:18}{'is there already' if exists(name) else add(name)}", flush=True)
        elif is_learner(name):
            remove(name)
            print(f"{name:18}removed")
        else:
            print(f"{name:18}is no learner's account: left as it is")


if __name__ == "__main__":
    main()
