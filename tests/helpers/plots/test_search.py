"""The search: its bar begins where it stopped, ends quietly; its pictures show what they should."""

import numpy as np
import pytest

from helpers.plots import search

pytestmark = pytest.mark.usefixtures("no_warnings")

RESULTS = [(0.9, 0.01, 20, int), (0.5, 0.5, 100, float), (0.95, 0.002, 20, float)]
NAMES = ["lr", "batch", "rule"]


@pytest.mark.parametrize("done", [0, 2, 5, 9])
def test_trials_begin_where_they_stopped(done, capsys):
    results, seen = ["old"] * done, []
    with search.Trials(results, 5) as trials:
        for number in trials:
            seen.append(number)
            results.append("new")
    assert seen == list(range(done, 5))
    assert "5 of 5 trials" in capsys.readouterr().out


def test_the_stop_button_ends_quietly(capsys):
    results = []
    with search.Trials(results, 5) as trials:
        for number in trials:
            if number == 2:
                raise KeyboardInterrupt
            results.append(number)
    assert results == [0, 1]
    assert "2 of 5 trials Stopped. The results are kept" in capsys.readouterr().out


def test_other_errors_are_shown():
    with pytest.raises(ZeroDivisionError), search.Trials([], 5):
        1 / 0  # noqa: B018


def test_a_trial_without_a_result_does_not_go_on_forever():
    with pytest.raises(RuntimeError, match="append"), search.Trials([], 5) as trials:
        for _ in trials:
            pass


def test_numbers_that_overflow_are_quiet_inside_only():
    with search.Trials([0], 1):
        np.exp(np.array(1e9))
    with pytest.raises(RuntimeWarning):
        np.exp(np.array(1e9))


def test_one_picture_for_each_hyperparameter():
    figure = search.scores(RESULTS, NAMES)
    axes = figure.axes
    assert [spot.get_xlabel() for spot in axes] == NAMES
    assert [spot.get_xscale() for spot in axes] == ["log", "linear", "linear"]
    drawn = {line.get_label(): line.get_data() for line in axes[0].lines}
    np.testing.assert_array_equal(drawn["float"], [[0.5, 0.002], [50, 95]])
    np.testing.assert_array_equal(drawn["int"], [[0.01], [90]])
    assert len({line.get_marker() for line in axes[0].lines}) == 2


def test_the_table_has_the_best_first(capsys):
    search.table(RESULTS, NAMES, most=2)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split() for line in lines] == [
        ["accuracy", *NAMES], ["95.0%", "0.002", "20", "float"], ["90.0%", "0.01", "20", "int"],
    ]  # fmt: skip


def test_a_seventh_kind_is_drawn_too_and_kinds_are_in_order_of_value():
    results = [(0.1 * kind, kind) for kind in (10, 9, 1, 2, 3, 4, 5, 100)]
    lines = search.scores(results, ["nodes"]).axes[0].lines
    assert [line.get_label() for line in lines] == ["1", "2", "3", "4", "5", "9", "10", "100"]
    assert sum(len(line.get_xdata()) for line in lines) == len(results)


@pytest.mark.parametrize("picture", [search.scores, search.table])
def test_without_results_the_cell_to_run_is_named(picture):
    with pytest.raises(ValueError, match="run the cell that searches first"):
        picture([], NAMES)


def test_histograms_of_layers_and_their_spread():
    rows = [[np.array([1.0, 3.0]), np.zeros(4)], [np.ones(2), np.arange(4.0)]]
    figure = search.layers(rows, ["a", "b"])
    titles = [axes.get_title() for axes in figure.axes]
    assert titles == ["spread 1", "spread 0", "spread 0", "spread 1.1"]
    assert [axes.get_ylabel() for axes in figure.axes] == ["a", "", "b", ""]
    assert sum(bar.get_height() for bar in figure.axes[3].patches) == 4


def test_numbers_on_the_axes_are_plain():
    rows = [[1e-6 * np.arange(-9.0, 9), 1e3 * np.arange(-9.0, 9)]]
    figure = search.layers(rows, ["a"])
    figure.canvas.draw()
    assert figure.axes[1].get_title() == "spread 5,188"
    for axes in figure.axes:
        assert not axes.xaxis.get_offset_text().get_text()
        assert 2 <= len(axes.get_xticks()) <= 3
    assert [tick.get_text() for tick in figure.axes[1].get_xticklabels()] == [
        "-5,000",
        "0",
        "5,000",
    ]


def test_curves_of_overfitting_in_percent():
    figure = search.overfitting([[(0.5, 0.6), (1.0, 0.7)]] * 2, ["a", "b"])
    train, validation = figure.axes[1].lines
    np.testing.assert_allclose(train.get_data(), [[1, 2], [50, 100]])
    np.testing.assert_allclose(validation.get_data(), [[1, 2], [60, 70]])
    assert train.get_linestyle() != validation.get_linestyle()
    assert [axes.get_title() for axes in figure.axes] == ["a", "b"]
