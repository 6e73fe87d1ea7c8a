"""Start the hub, let learners run lessons 02 and 07 together, and say how it went.

    sudo .venv/bin/python deploy/jupyterhub/load_test.py --learners 25

For a server that is set up as README.md says, before the class comes. It starts a second hub with
the same configuration on this computer only, with passwords and all walls in place, makes the
accounts loadtest01, loadtest02, ... and deletes them at the end. Each learner logs in, opens the
lesson and runs its cells one after another, with pauses; then everybody tries to see the work of
the next learner. Exit status 1 if anything was lost or seen.
"""

import argparse
import os
import signal
import statistics
import sys

import fixtures
import isolation_test
import psutil
from client import Learner
from scenario import (
    LESSONS,
    check_saved_work,
    exhaust_memory,
    log_in,
    run_lesson,
    secret,
    together,
)

MB = 1024**2


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--learners", type=int, default=25)
    parser.add_argument("--pause", type=float, default=5, help="seconds between two cells (mean)")
    parser.add_argument("--port", type=int, default=8765, help="this one and the next two")
    return parser.parse_args()


def memory(learners):
    """Return the MB that all processes of each learner use, with shared pages divided up."""
    used = dict.fromkeys([str(learner) for learner in learners], 0)
    for process in psutil.process_iter(["username"]):
        if process.info["username"] in used:
            try:
                used[process.info["username"]] += process.memory_full_info().pss / MB
            except psutil.Error:
                pass  # it has ended in the meantime
    return list(used.values())


def check_isolation(learners, lost):
    """Let everybody try to see the work of the next learner; return what was seen."""

    def look(learner):
        victim = learners[(learners.index(learner) + 1) % len(learners)]
        seen = list(isolation_test.through_the_web(learner, victim, secret(victim)))
        seen += isolation_test.from_a_kernel(learner, victim, secret(learner), secret(victim))
        return [f"{learner} sees of {victim}: {what}" for what in seen]

    return sum(together(look, learners, lost), [])


def line(name, numbers, unit):
    """Print the median and the largest of some numbers."""
    numbers = numbers or [float("nan")]
    print(f"{name:40}{statistics.median(numbers):9.1f}{max(numbers):9.1f}  {unit}", flush=True)


def rehearse(url, options, passwords, lost):
    """Do everything that a class does; print the numbers; return what was seen of others' work."""
    expected = [Learner(url, name, password) for name, password in passwords.items()]
    before = psutil.virtual_memory().used
    print(f"{len(expected)} learners, {os.cpu_count()} processors")
    print(f"{'':40}{'median':>9}{'largest':>9}")
    learners = together(log_in, expected, lost)
    if len(learners) < 2:
        return []
    line("from login to JupyterLab", [learner.started for learner in learners], "s")
    for number, path in LESSONS.items():
        for learner in learners:
            learner.answers.clear()
        together(run_lesson(path, options.pause), learners, lost)
        line(f"lesson {number}: answer to a cell", [a for x in learners for a in x.answers], "s")
        line(f"lesson {number}: memory of a learner", memory(learners), "MB")
    total = (psutil.virtual_memory().used - before) / MB
    print(f"memory of all together: {total:.0f} MB, {total / len(learners):.0f} MB for each")
    seen = check_isolation(learners, lost)
    exhaust_memory(learners, lost)
    together(check_saved_work, learners, lost)
    return seen


def main():
    options = arguments()
    if os.geteuid() != 0:
        sys.exit("Run this as root (sudo): it makes accounts and starts servers for them.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # and delete the accounts
    lost, seen = [], []
    with (
        fixtures.temporary_accounts(options.learners) as passwords,
        fixtures.hub(options.port) as url,
    ):
        seen = rehearse(url, options, passwords, lost)
    print(f"lost: {len(lost)}", *lost, sep="\n  ")
    print(f"seen of others: {len(seen)}", *seen, sep="\n  ")
    sys.exit(1 if lost or seen else 0)


if __name__ == "__main__":
    main()
