"""The computers that an offline pack serves, and which wheels each of them needs."""

import itertools
import re
import tomllib
from typing import NamedTuple

from packaging import tags
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename
from packaging.version import Version

# The oldest systems that are served: macOS 12, and Linux with glibc 2.28 (Debian 10, Ubuntu 20.04).
MACOS = (12, 0)
GLIBC = (17, 24, 26, 27, 28)  # the minor versions that wheels are made for, up to 2.28

SYSTEMS = {  # name: what Python calls the system and its processor, as markers ask for them
    "windows": ("win32", "nt", "Windows", "AMD64"),
    "mac-arm": ("darwin", "posix", "Darwin", "arm64"),
    "mac-intel": ("darwin", "posix", "Darwin", "x86_64"),
    "linux": ("linux", "posix", "Linux", "x86_64"),
    "linux-arm": ("linux", "posix", "Linux", "aarch64"),
}
USUAL = ("windows", "mac-arm", "mac-intel", "linux")


class Target(NamedTuple):
    """One kind of computer: a system, and the full version of its Python, such as 3.11.0."""

    system: str
    version: str

    @property
    def python(self):
        """Return the version in two parts: 3.11."""
        return ".".join(self.version.split(".")[:2])

    def __str__(self):
        return f"{self.system} with Python {self.version}"

    def environment(self):
        """Return what environment markers see on such a computer (PEP 508)."""
        sys_platform, os_name, platform_system, machine = SYSTEMS[self.system]
        return {
            "implementation_name": "cpython",
            "implementation_version": self.version,
            "os_name": os_name,
            "platform_machine": machine,
            "platform_python_implementation": "CPython",
            "platform_release": "",
            "platform_system": platform_system,
            "platform_version": "",
            "python_full_version": self.version,
            "python_version": self.python,
            "sys_platform": sys_platform,
            "extra": "",
        }

    def platforms(self):
        """Return the platform tags that such a computer understands, the best first."""
        sys_platform, _, _, machine = SYSTEMS[self.system]
        if sys_platform == "win32":
            return ["win_amd64"]
        if sys_platform == "darwin":
            return list(tags.mac_platforms(MACOS, machine))
        glibc = [f"manylinux_2_{minor}_{machine}" for minor in reversed(GLIBC)]
        return [*glibc, f"manylinux2014_{machine}", f"linux_{machine}"]

    def tags(self):
        """Return all tags of wheels that such a computer can install."""
        version = tuple(map(int, self.python.split(".")))
        abi = "cp{}{}".format(*version)
        platforms = self.platforms()
        return {
            *tags.cpython_tags(version, [abi], platforms),
            *tags.compatible_tags(version, abi, platforms),
        }


class Pin(NamedTuple):
    """One entry of a list: a requirement, and the SHA-256 of each file that may meet it."""

    requirement: Requirement
    hashes: tuple = ()

    def __str__(self):
        return str(self.requirement)

    def line(self):
        """Return the entry as pip reads it."""
        return " ".join([str(self), *(f"--hash=sha256:{value}" for value in self.hashes)])


def supported(project):
    """Return the versions of Python that the text of a pyproject.toml names, such as ["3.11"]."""
    classifiers = tomllib.loads(project)["project"]["classifiers"]
    found = [text.removeprefix("Programming Language :: Python :: ") for text in classifiers]
    return sorted((text for text in found if re.fullmatch(r"3\.\d+", text)), key=Version)


def pins(text):
    """Return the entries of a list of packages, without comments, options and the course itself."""
    lines = text.replace("\\\n", " ").splitlines()
    parts = [line.split("--hash=sha256:") for line in lines if line.strip() and line[0] not in "#-"]
    return [Pin(Requirement(first.strip()), tuple(map(str.strip, rest))) for first, *rest in parts]


def targets(systems, pythons, text):
    """Return a target for each system and Python, twice where the list tells 3.11.0 from 3.11.9.

    A learner may have any of a Python's bugfix versions; it is enough to look just before
    and at each one that the list's markers name, and at the first.
    """
    named = re.findall(r"python_full_version \S+ ['\"](\d+\.\d+)\.(\d+)['\"]", text)
    chosen = []
    for system, python in itertools.product(systems, pythons):
        patches = {0} | {int(patch) for version, patch in named if version == python}
        chosen += [Target(system, f"{python}.{patch}") for patch in sorted(patches)]
    return chosen


def needed(target, text):
    """Return the part of a list that one target needs, without the markers that chose it."""
    environment = target.environment()
    chosen = []
    for pin in pins(text):
        if pin.requirement.marker is None or pin.requirement.marker.evaluate(environment):
            pin.requirement.marker = None
            chosen.append(pin)
    return chosen


def serves(filename, requirement, known):
    """Return whether a wheel of this name meets a requirement, given a computer's tags."""
    name, version, _, own = parse_wheel_filename(filename)
    return (
        name == canonicalize_name(requirement.name)
        and requirement.specifier.contains(version)
        and not own.isdisjoint(known)
    )
