"""Tests open no windows and use no network."""

import socket
import warnings

import matplotlib
import matplotlib.pyplot as plt
import pytest

from course import texts

matplotlib.use("agg")
LOOPBACK = ("127.", "::1", "localhost")


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Let connections from this process reach this machine only."""
    connect = socket.socket.connect

    def connect_here(self, address):
        if isinstance(address, tuple) and not str(address[0]).startswith(LOOPBACK):
            raise RuntimeError(f"A test tried to reach {address}: tests must not use the network.")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect_here)
    monkeypatch.setenv("no_proxy", "*")  # a proxy on this machine would lead out again


@pytest.fixture(autouse=True)
def no_language_chosen(monkeypatch):
    """Let no test speak the language that another one has chosen."""
    monkeypatch.setattr(texts, "_used", [])


@pytest.fixture
def no_warnings():
    """A warning in a lesson frightens; drawing the pictures to the end shows them all.

    What an old package thinks of a new one that it uses itself is not shown to learners.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        inside = r"matplotlib\.|pyparsing|ipywidgets\.|traitlets\."
        warnings.filterwarnings("ignore", category=DeprecationWarning, module=inside)
        yield
        try:
            for number in plt.get_fignums():
                plt.figure(number).canvas.draw()
        finally:
            plt.close("all")
