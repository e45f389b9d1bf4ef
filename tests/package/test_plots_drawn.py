"""Every plot is drawn to the last letter: nothing covers what must be seen, all has its label and scale."""

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest

from byhand import plots
from byhand.activations import ACTIVATIONS, Activation
from byhand.plots import style, words

RNG = np.random.default_rng(12)
X, LABELS = RNG.normal(size=(40, 2)) * [3, 1], RNG.integers(0, 3, 40)
PICTURES = RNG.random((7, 400))
KERNELS = RNG.normal(size=(3, 4, 1, 5))
TABLE = RNG.normal(size=(3, 4))
BOX = (-3, 3, -2, 2)


@pytest.fixture(autouse=True)
def close():
    yield
    plt.close("all")


def scores(points):
    return np.stack([points[:, 0], points[:, 1], 1 - points[:, 0] - points[:, 1]], axis=-1)


def bowl(points):
    return 0.5 + 0.01 * (points[:, 0] ** 2 + 3 * points[:, 1] ** 2)


def contours_with_paths():
    way = np.array([[-2.5, 1.5], [-1.0, 1.0], [0.2, -0.1]])
    return plots.paths({"one": way, "two": -way}, plots.contours(bowl, BOX, minimum=(0, 0)))


DRAW = {
    "activation": lambda: plots.activation("elu"),
    "activation_sheet": lambda: plots.activation_sheet()[0],
    "band": lambda: plots.band([1, 2, 4], {"a": np.ones((2, 3)), "b": [0, 1, 2]}, None, "x", "u", "v"),
    "confusion": lambda: plots.confusion(LABELS, np.roll(LABELS, 1), classes=["zero", "one", "two"]),
    "contours, paths": contours_with_paths,
    "digits": lambda: plots.digits(PICTURES, "3412345", columns=3, predictions="3412745"),
    "errors": lambda: plots.errors(PICTURES, range(7), np.arange(7)[::-1], np.arange(7.0), columns=3),
    "errors, none": lambda: plots.errors(PICTURES, range(7), range(7), np.ones(7)),
    "filters": lambda: plots.filters(KERNELS, captions="abcde", columns=2),
    "heat": lambda: plots.heat(TABLE),
    "loss_curves": lambda: plots.loss_curves({"a": np.array([[3.0, 2, 1], [4.0, 1, 2]]), "b": [3.0, 1, 1]}),
    "regions, scatter": lambda: plots.scatter(X, LABELS, plots.regions(scores, X), legend=False),
    "responses": lambda: plots.responses(lambda p: p[:, 0], BOX, label="score"),
    "scatter": lambda: plots.scatter(X, LABELS),
}  # fmt: skip


def texts(ax):
    """The texts in a plot, without those beside its axes."""
    legend = ax.get_legend()
    return [t for t in [*ax.texts, *(legend.get_texts() if legend else ())] if t.get_text()]


@pytest.mark.parametrize("name", DRAW)
def test_it_is_drawn_and_its_texts_can_be_read(name):
    """Inside the figure, none over another, from 8 to 12 points high."""
    ax = DRAW[name]()
    ax.figure.set_layout_engine("constrained")
    ax.figure.canvas.draw()
    whole = ax.figure.bbox
    boxes = [text.get_window_extent() for text in texts(ax)]
    for k, (text, box) in enumerate(zip(texts(ax), boxes, strict=True)):
        assert 8 <= text.get_fontsize() <= 12
        assert whole.x0 - 1 <= box.x0 < box.x1 <= whole.x1 + 1, text.get_text()
        assert whole.y0 - 1 <= box.y0 < box.y1 <= whole.y1 + 1, text.get_text()
        assert not any(box.overlaps(other) for other in boxes[:k]), text.get_text()


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("activation", ("z", "", "elu")),
        ("band", ("u", "v", "")),
        ("confusion", ("predicted", "true", "")),
        ("contours, paths", ("$x_1$", "$x_2$", "")),
        ("heat", ("", "", "activation")),
        ("loss_curves", ("epoch", "cost J", "")),
        ("regions, scatter", ("$x_1$", "$x_2$", "")),
        ("responses", ("$x_1$", "$x_2$", "")),
        ("scatter", ("$x_1$", "$x_2$", "")),
    ],
)
def test_axes_are_named(name, labels):
    ax = DRAW[name]()
    assert (ax.get_xlabel(), ax.get_ylabel(), ax.get_title()) == labels


@pytest.mark.parametrize(("name", "label"), [("responses", "score"), ("filters", "weight")])
def test_a_bar_tells_the_colours_of_the_picture_beside_it_and_is_named(name, label):
    plt.imshow([[7.0]])  # another picture, drawn last, is not meant
    ax = DRAW[name]()
    bar = ax.images[0].colorbar
    assert bar.ax.get_ylabel() == label
    assert not bar.outline.get_visible()
    assert 0.5 * ax.bbox.height < bar.ax.bbox.height <= ax.bbox.height


def order(*artists):
    heights = [artist.get_zorder() for artist in artists]
    assert heights == sorted(set(heights))


def test_points_and_names_lie_over_borders_and_those_over_the_fill():
    ax = DRAW["regions, scatter"]()
    borders, points = ax.collections[0], ax.collections[-1]
    order(ax.images[0], borders, points, ax.texts[0])
    np.testing.assert_allclose(borders.get_edgecolor()[0][:3], matplotlib.colors.to_rgb(style.INK))


def test_ways_lie_over_lines_of_equal_cost_and_start_and_star_over_the_ways():
    ax = DRAW["contours, paths"]()
    star, way, start, *_ = ax.lines
    order(ax.collections[0], ax.collections[1], way, start, star)
    assert (star.get_marker(), start.get_marker(), start.get_fillstyle()) == ("*", "o", "none")
    assert star.get_xydata().tolist() == [[0, 0]]
    assert start.get_xydata().tolist() == [[-2.5, 1.5]]
    assert way.get_markeredgecolor() == star.get_markeredgecolor() == "white"
    lines = ax.collections[1].get_edgecolor()
    assert np.ptp(lines[:, :3], axis=1).max() == 0  # grey


@pytest.mark.parametrize(("steps", "least", "most"), [(3, 3, 3), (25, 25, 25), (49, 49, 49), (500, 25, 27)])
def test_a_long_way_has_a_few_marks_a_short_one_a_mark_at_each_step(steps, least, most):
    way = np.linspace([-2, -1], [2, 1], steps)
    line = plots.paths({"one": way}, plots.contours(bowl, BOX)).lines[0]
    every = line.get_markevery()
    assert isinstance(every, int)
    assert least <= len(way[::every]) <= most


@pytest.mark.parametrize("name", ["regions, scatter", "responses", "contours, paths"])
def test_the_plane_is_seen_from_corner_to_corner_and_upright(name):
    ax = DRAW[name]()
    margin = np.ptp(X, axis=0) / 12
    box = np.stack([X.min(0) - margin, X.max(0) + margin], axis=1).ravel() if "scatter" in name else BOX
    np.testing.assert_allclose([*ax.get_xlim(), *ax.get_ylim()], box)
    for image in ax.images:
        assert image.origin == "lower"
        assert image.get_interpolation() == "nearest" or name == "responses"
        np.testing.assert_allclose(image.get_extent(), box)


@pytest.mark.parametrize(
    "draw",
    [
        lambda ax: plots.activation("tanh", ax),
        lambda ax: plots.confusion(LABELS, LABELS, ax),
        lambda ax: plots.contours(bowl, BOX, ax),
        lambda ax: plots.digits(PICTURES, ax=ax),
        lambda ax: plots.errors(PICTURES, range(7), [9] * 7, range(7), ax=ax),
        lambda ax: plots.errors(PICTURES, range(7), range(7), range(7), ax=ax),
        lambda ax: plots.filters(KERNELS, ax),
        lambda ax: plots.heat(TABLE, ax),
        lambda ax: plots.regions(scores, BOX, ax),
        lambda ax: plots.responses(lambda p: p[:, 0], BOX, ax),
        lambda ax: plots.scatter(X, LABELS, ax),
    ],
)
def test_what_is_drawn_on_given_axes_stands_there(draw):
    _, (_, ax) = plt.subplots(1, 2)
    assert draw(ax) is ax
    assert ax.has_data() or ax.texts


def test_the_line_where_a_unit_switches_is_ink_on_white():
    ax = plots.responses(lambda p: p[:, 0], BOX)
    (line,) = ax.collections
    np.testing.assert_allclose(line.get_edgecolor()[0][:3], matplotlib.colors.to_rgb(style.INK))
    assert line.get_path_effects()
    assert ax.images[0].colorbar.ax.get_ylabel() == "output"


def test_more_curves_than_dashes_and_more_ways_than_marks_begin_anew():
    names = [f"n{k}" for k in range(11)]
    lines = plots.band([1, 2], {name: [1, 2] for name in names}).lines
    ways = plots.paths({name: [[0, 0], [1, 1]] for name in names}, plots.contours(bowl, BOX)).lines[::2]
    for drawn in (lines, ways):
        assert [line.get_linestyle() for line in drawn] == (["-", "--", "-.", ":"] * 3)[:11]
        assert [line.get_marker() for line in drawn] == [*style.MARKERS, style.MARKERS[0]]


def test_places_in_rows_are_refused():
    with pytest.raises(ValueError, match=r"Expected ascending places x \(X,\)"):
        plots.band([[1, 2]], {"a": [1, 2]})


def test_the_most_frequent_pair_is_not_as_dark_as_can_be():
    for image in DRAW["confusion"]().images:
        assert 0.7 < image.norm(image.get_array().max()) < 0.95


@pytest.mark.parametrize("name", ["regions, scatter", "responses", "contours, paths"])
def test_the_plane_stays_whatever_is_drawn_beyond_it(name):
    ax = DRAW[name]()
    before = ax.get_xlim(), ax.get_ylim()
    plots.scatter([[90, 0], [0, -70]], [0, 1], ax, legend=False)
    assert (ax.get_xlim(), ax.get_ylim()) == before


def test_rows_and_columns_bear_their_names():
    ax = DRAW["confusion"]()
    for labels in (ax.get_xticklabels(), ax.get_yticklabels()):
        assert [label.get_text() for label in labels] == ["zero", "one", "two"]
    ax = DRAW["heat"]()
    assert ax.get_xticks(minor=True).tolist() == [0.5, 1.5, 2.5]
    assert ax.get_yticks(minor=True).tolist() == [0.5, 1.5]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["0", "1", "2", "3"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["0", "1", "2"]


@pytest.mark.parametrize("draw", [plots.loss_curves, lambda curves, ax: plots.band([1, 2, 4], curves, ax)])
def test_a_line_and_its_band_have_one_colour_of_their_own(draw):
    _, ax = plt.subplots()
    runs = RNG.uniform(1, 2, (4, 3))
    assert draw({"a": runs, "b": 2 * runs}, ax) is ax
    for i, (line, shade) in enumerate(zip(ax.lines, ax.collections, strict=True)):
        assert line.get_color() == style.COLOURS[i]
        np.testing.assert_allclose(shade.get_facecolor()[0][:3], matplotlib.colors.to_rgb(style.COLOURS[i]))


@pytest.mark.parametrize("name", ["digits", "errors", "errors, none", "filters"])
def test_a_sheet_of_pictures_has_no_axes_around_it(name):
    assert not DRAW[name]().axison


def test_regions_have_the_tint_of_their_class():
    image = DRAW["regions, scatter"]().images[0]
    found = image.to_rgba(np.arange(3.0))[:, :3]
    np.testing.assert_allclose(found, [style.tint(k) for k in range(3)], atol=1e-6)
    assert image.get_clim() == (-0.5, 2.5)


def test_a_name_keeps_clear_of_points_on_axes_of_different_scales():
    """One region, 100 wide and 1 high, with points all over its left half: the name stands on the right."""
    points = np.stack(np.meshgrid(np.linspace(0, 50, 12), np.linspace(0, 1, 9)), axis=-1).reshape(-1, 2)
    points = np.concatenate([points, [[100, 0.5]]])
    ax = plots.regions(lambda p: np.stack([np.ones(len(p)), np.zeros(len(p))], axis=-1), points)
    (name,) = ax.texts
    assert 60 < name.get_position()[0] < 95
    assert (name.get_ha(), name.get_va()) == ("center", "center")


@pytest.mark.parametrize(
    ("low", "high", "limits"),
    [(0.2, 0.7, (0, 0.7)), (-3, 1, (-3, 3)), (-1, 2, (-2, 2)), (-5, -2, (-5, -2)), (0, 0, (0, 1e-9))],
)
def test_a_response_starts_at_0_or_has_0_in_the_middle_unless_all_is_below(low, high, limits):
    def between(points):
        return low + (high - low) * (points[:, 0] + 3) / 6

    image = plots.responses(between, BOX).images[0]
    assert image.get_clim() == pytest.approx(limits)
    assert image.cmap is (style.SIGNED if low < 0 < high else style.STRENGTH)


@pytest.mark.parametrize("height", [1e-3, 1, 1e3])
def test_lines_of_equal_cost_are_drawn_for_costs_of_any_size(height):
    ax = plots.contours(lambda p: height * (p[:, 0] ** 2 + p[:, 1] ** 2), BOX, levels=5)
    levels = ax.collections[1].levels
    assert len(levels) == 5
    np.testing.assert_allclose(np.diff(np.log(levels)), np.log(levels[1] / levels[0]))


def test_a_cost_that_is_lowest_on_an_area_has_lines_above_it():
    levels = plots.contours(lambda p: np.maximum(p[:, 0], 0), BOX).collections[1].levels
    assert 0 < levels[0] < levels[-1] < 3


def test_a_sign_in_a_table_of_few_positive_numbers_has_0_in_the_middle():
    ax = plots.heat([[-4.0, 1.0], [-2.0, 0.5]])
    assert (ax.images[0].norm.vmin, ax.images[0].norm.vmax) == (-4, 4)
    ax = plots.heat([[4.0, 1.0], [2.0, 0.5]])
    assert (ax.images[0].norm.vmin, ax.images[0].norm.vmax) == (0, 4)


def test_three_mistakes_are_named_the_most_frequent_first():
    pairs = [(0, 1)] * 5 + [(1, 0)] * 2 + [(2, 0)] * 4 + [(1, 2)] * 3 + [(2, 2)] * 6
    said = words.alternative(plots.confusion(*np.array(pairs).T))
    assert said.endswith(
        "Most frequent mistakes: 0 taken for 1, 5 times; 2 taken for 0, 4 times; 1 taken for 2, 3 times."
    )


@pytest.mark.parametrize(
    ("cost", "minimum"),
    [(lambda p: 0 * p[:, 0] + 2, None), (lambda p: 0 * p[:, 0] + 2, (0, 0)), (lambda p: p[:, 0], (0, 0))],
)
def test_a_cost_without_a_lowest_point_there_has_no_lines(cost, minimum):
    with pytest.raises(ValueError, match=r"^Expected a cost that is lowest at the minimum and not the same"):
        plots.contours(cost, BOX, minimum=minimum)


def test_without_mistakes_none_is_spoken_of():
    ax = plots.confusion([0, 1, 2, 1], [0, 1, 2, 1])
    assert words.alternative(ax).endswith("4 on the diagonal are right, 100.0 %.")


def test_shapes_that_do_not_fit_are_told_by_their_letters():
    with pytest.raises(ValueError, match=r"Expected labels \(M,\), predictions \(M,\)\. "):
        plots.confusion([0, 1], [0, 1, 1])


@pytest.mark.parametrize("shape", [(400,), (3, 399), (0, 400), (2, 20, 20), (3, 401)])
def test_what_is_no_picture_is_refused(shape):
    with pytest.raises(ValueError, match=r"Expected pictures x \(M, 400\), not empty. Received: x.shape="):
        plots.digits(np.zeros(shape))


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (
            lambda: plots.scatter(np.zeros((0, 2)), np.zeros(0, int)),
            "labels (M,), whole numbers from 0 and not",
        ),
        (lambda: plots.scatter(X, LABELS - 1), "labels.dtype=int64, labels=-1"),
        (lambda: plots.scatter(np.where(X > 2, np.nan, X), LABELS), "Received: x with nan"),
        (lambda: plots.heat([[1.0, -np.inf]]), "Received: values with -inf"),
        (lambda: plots.errors(PICTURES, range(7), range(7), range(7), most=0), "number of pictures"),
        (lambda: plots.digits(PICTURES, columns=0), "number of columns"),
        (lambda: words.describe(plt.gca(), " "), "Expected a sentence about the figure. Received: text=' '"),
    ],
)
def test_what_cannot_be_drawn_is_told_by_its_name(draw, message):
    with pytest.raises(ValueError, match=r"^Expected .*Received: ") as error:
        draw()
    assert message in str(error.value)


def test_one_class_is_told_as_one():
    said = words.alternative(plots.scatter(X[:5], [1] * 5, classes=["a", "b"]))
    assert said.startswith("Scatter of 5 points in one class: b, squares, 5 points around (")


def test_captions_stand_below_the_middle_of_their_pictures():
    x = (np.arange(7) + 1)[:, None] * np.ones(400) / 10
    ax = plots.digits(x, "abcdefg", columns=3)
    sheet = np.ma.filled(ax.images[0].get_array(), 0)
    for k, text in enumerate(ax.texts):
        rows, columns = np.nonzero(np.isclose(sheet, (k + 1) / 10))
        across, down = text.get_position()
        assert across == pytest.approx(columns.mean())
        assert rows.max() < down < rows.max() + 3
        assert (text.get_ha(), text.get_va()) == ("center", "top")


@pytest.mark.parametrize("draw", [plots.digits, lambda x: plots.errors(x, [0] * 40, [1] * 40, range(40))])
def test_paper_is_white_and_ink_is_black(draw):
    image = draw(np.repeat([[0.0], [0.5]], 20, axis=0) * np.ones(400)).images[0]
    assert image.get_clim() == (0, 1)
    np.testing.assert_allclose(image.cmap(image.norm([0.0, 1.0]))[:, :3], [[1, 1, 1], [0, 0, 0]])


def test_sixteen_errors_are_shown_eight_a_row_if_nothing_is_said():
    ax = plots.errors(RNG.random((40, 400)), [0] * 40, [1] * 40, range(40))
    assert len(ax.texts) == 16
    assert len({text.get_position()[0] for text in ax.texts}) == 8


def test_of_errors_as_dear_as_each_other_the_first_comes_first():
    losses = np.arange(300) % 3 / 2
    ax = plots.errors(np.zeros((300, 400)), range(300), [301] * 300, losses, most=300, columns=30)
    found = [int(text.get_text().split()[0]) for text in ax.texts]
    assert found == [*range(2, 300, 3), *range(1, 300, 3), *range(0, 300, 3)]


def test_filters_of_whole_numbers_are_those_of_floats():
    whole = np.arange(-4, 14).reshape(9, 2)
    sheets = [plots.filters(W).images[0].get_array() for W in (whole, whole.astype(float))]
    np.testing.assert_array_equal(np.ma.filled(sheets[0], 99), np.ma.filled(sheets[1], 99))


@pytest.mark.parametrize(("points", "size"), [(299, 34), (300, 34), (301, 14)])
def test_many_points_are_small(points, size):
    drawn = plots.scatter(RNG.normal(size=(points, 2)), np.zeros(points, int)).collections[0]
    assert drawn.get_sizes().tolist() == [size]


@pytest.mark.parametrize(("places", "marked"), [(29, True), (30, True), (31, False)])
def test_few_places_are_marked(places, marked):
    line = plots.band(np.arange(places), {"a": np.ones(places)}).lines[0]
    assert (line.get_marker() not in ("", "None", None)) == marked


def test_one_curve_needs_no_legend_and_two_do():
    assert plots.band([1, 2], {"a": [1, 2]}).get_legend() is None
    legend = plots.band([1, 2], {"a": [1, 2], "b": [2, 1]}).get_legend()
    assert [text.get_text() for text in legend.get_texts()] == ["a", "b"]


@pytest.mark.parametrize(
    ("v", "said"),
    [(1e-4, "0.0001"), (9.9e-5, "9.9e−05"), (1e6, "1.0e+06"), (-0.0, "0"), (989_000, "990000")],
)  # fmt: skip
def test_a_number_is_said_plainly_where_it_has_few_zeros(v, said):
    assert words.number(v) == said


def ends(ax):
    return {text.get_text(): text for text in ax.texts}


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_both_curves_are_named_at_their_ends_in_their_colours(name):
    ax = plots.activation(name, reach=4)
    a, slope = (line.get_ydata()[-1] for line in ax.lines[1:])
    named = ends(ax)
    for i, (text, y) in enumerate({"g": a, "g′": slope}.items()):
        assert named[text].xy[0] == 4
        assert named[text].xyann == (4, 0)
        assert named[text].anncoords == "offset points"
        assert named[text].xy[1] == pytest.approx(y, abs=0.05 * np.ptp(ax.get_ylim()))
        assert named[text].get_color() == style.lettering(i)
        assert ax.lines[i + 1].get_color() == style.COLOURS[i]
    assert (named["g"].xy[1] >= named["g′"].xy[1]) == (a >= slope)


def test_a_sheet_of_activations_has_five_a_row_and_room_from_minus_1_to_3():
    grid = plots.activation_sheet()
    assert len(grid) == 10
    assert grid[0].figure.get_supxlabel() == "z"
    assert len({round(ax.get_position().x0, 3) for ax in grid}) == 5
    for ax in grid:
        assert ax.get_xlim() == (-5, 5)
        assert ax.get_ylim() == (-1.4, 3.2)
        assert ax.get_xticks().tolist() == [-5, 0, 5]
        assert ax.get_yticks().tolist() == [-1, 0, 1, 2, 3]
    numbered = [
        any(label.get_visible() and label.get_text() for label in ax.get_xticklabels()) for ax in grid
    ]
    assert numbered == [False] * 5 + [True] * 5
    for ax in plots.activation_sheet(["relu", "tanh"]):
        assert all(label.get_visible() for label in ax.get_xticklabels())


def test_an_end_beyond_the_sheet_is_named_at_its_edge():
    first = plots.activation_sheet(["relu", "tanh"])[0]
    assert ends(first)["g"].xy == pytest.approx((5, 3.2))
    assert ends(first)["g′"].xy == pytest.approx((5, 1))
    soft = ends(plots.activation_sheet(["softplus", "tanh"], reach=2)[0])
    assert soft["g"].xy == pytest.approx((2, np.log(1 + np.exp(2))), abs=1e-9)
    assert soft["g′"].xy == pytest.approx((2, 1 / (1 + np.exp(-2))), abs=1e-9)
    falling = Activation("falling", lambda z: -z, lambda z: z - z - 1, in_output=False)
    assert ends(plots.activation_sheet([falling])[0])["g"].xy == pytest.approx((5, -1.4), abs=0.3)
    (one,) = plots.activation_sheet(["linear"])
    assert ends(one)["g"].xy == pytest.approx((5, 3.2))


def test_the_words_of_a_sheet_tell_one_after_another():
    said = words.alternative(plots.activation_sheet(["relu", "leaky_relu"], reach=2)[0].figure)
    assert said == (
        "2 activation functions on one scale, for z from −2 to 2: relu between 0 and 2, its slope, dashed, "
        "between 0 and 1; leaky relu between −0.4 and 2, its slope, dashed, between 0.2 and 1."
    )


def curve(name, reach):
    return plots.activation(name, reach=reach).lines[1].get_ydata()


@pytest.mark.parametrize("reach", [1, 5, 20])
def test_a_steep_curve_is_no_jump(reach):
    np.testing.assert_allclose(curve("exponential", reach), np.exp(np.linspace(-reach, reach, 1001)))
    assert np.isfinite(curve("relu", reach)).all()


def test_two_steep_steps_are_no_jump():
    ramp = Activation("ramp", lambda z: np.clip(100 * z, 0, 2), lambda z: 0 * z, in_output=False)
    assert np.isfinite(plots.activation(ramp).lines[1].get_ydata()).all()


@pytest.mark.parametrize("reach", [1, 5, 20])
def test_a_jump_is_a_gap_of_one_place(reach):
    step = Activation("step", lambda z: 1.0 * (z > 0), lambda z: 0 * z, in_output=False)
    ax = plots.activation(step, reach=reach)
    assert np.flatnonzero(np.isnan(ax.lines[1].get_ydata())).tolist() == [501]
