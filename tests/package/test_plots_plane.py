"""Points, regions, units and costs in the plane: what is drawn at a place is what the function says there."""

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest

from byhand import plots
from byhand.plots.style import MARKERS, luminance, tint

RNG = np.random.default_rng(4)
X = RNG.normal(size=(23, 2)) * [3, 2] + [1, -2]
LABELS = np.arange(23) % 3
EXTENT = (-4.0, 6.0, -7.0, 1.0)
CENTRES = np.array([[-2.0, -1.0], [3.0, -1.5], [0.5, -6.0]])


@pytest.fixture(autouse=True)
def close():
    yield
    plt.close("all")


def scores(points):
    """Highest for the nearest centre."""
    return -((points[:, None] - CENTRES) ** 2).sum(axis=-1)


def at(ax, point):
    """The value of the picture under a point."""
    image = ax.images[0]
    left, right, bottom, top = image.get_extent()
    rows, columns = image.get_array().shape
    row = int((point[1] - bottom) / (top - bottom) * rows)
    return image.get_array()[row, int((point[0] - left) / (right - left) * columns)]


def far_from_borders(points, values, least):
    """Those where the two best scores differ by more than a cell of the grid could hide."""
    best = np.sort(values, axis=1)
    return points[best[:, -1] - best[:, -2] > least]


def inside(n):
    left, right, bottom, top = EXTENT
    return RNG.uniform((left, bottom), (right, top), size=(n, 2))


def test_scatter_draws_each_class_with_its_own_marker_and_colour():
    ax = plots.scatter(X, LABELS, classes=["a", "b", "c"])
    for k, dots in enumerate(ax.collections):
        np.testing.assert_allclose(dots.get_offsets(), X[k == LABELS])
    assert len({tuple(dots.get_facecolor()[0]) for dots in ax.collections}) == 3
    assert len({dots.get_paths()[0].vertices.tobytes() for dots in ax.collections}) == 3
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["a", "b", "c"]


def test_a_class_without_points_keeps_the_others_their_colours():
    both = plots.scatter(X, LABELS).collections[2].get_facecolor()
    np.testing.assert_array_equal(plots.scatter(X[:2], [0, 2]).collections[1].get_facecolor(), both)


def test_ten_classes_have_ten_markers():
    ax = plots.scatter(np.arange(20.0).reshape(10, 2), np.arange(10))
    assert len({dots.get_paths()[0].vertices.tobytes() for dots in ax.collections}) == 10 == len(MARKERS)


def test_the_words_of_a_scatter_count_and_find_the_middle():
    ax = plots.scatter([[0, 1], [2, 5], [-4.06, 0]], [1, 1, 0])
    assert plots.alternative(ax) == (
        "Scatter of 3 points in 2 classes: class 0, circles, 1 point around (−4.1, 0.0); "
        "class 1, squares, 2 points around (1.0, 3.0)."
    )


def test_a_region_is_where_its_score_is_the_largest():
    ax = plots.regions(scores, EXTENT)
    points = inside(400)
    points = far_from_borders(points, scores(points), 0.7)
    assert len(points) > 300
    np.testing.assert_array_equal([at(ax, point) for point in points], scores(points).argmax(axis=1))


@pytest.mark.parametrize(("squash", "threshold"), [(lambda z: z, 0), (lambda z: 1 / (1 + np.exp(-z)), 0.5)])
@pytest.mark.parametrize("axis", [False, True], ids=["(M,)", "(M, 1)"])
def test_two_classes_from_one_logit_or_probability(squash, threshold, axis):
    def logit(points):
        return points[:, 0] ** 2 / 4 + points[:, 1] + 2

    def predict(points):
        return squash(logit(points))[:, None] if axis else squash(logit(points))

    ax, points = plots.regions(predict, EXTENT, threshold=threshold), inside(300)
    points = points[np.abs(logit(points)) > 0.2]
    np.testing.assert_array_equal([at(ax, point) for point in points], logit(points) > 0)


def test_a_score_on_the_threshold_says_one():
    ax = plots.regions(lambda points: np.zeros(len(points)), EXTENT, threshold=0)
    assert (ax.images[0].get_array() == 1).all()


def test_between_far_classes_there_is_one_border_and_no_bundle():
    """A contour map of the labels 0 and 3 would draw the lines of 1 and 2 between them."""

    def predict(points):
        z = np.zeros((len(points), 4))
        z[:, 0], z[:, 3] = 1 - points[:, 0], 1 + points[:, 0]
        return z

    ax = plots.regions(predict, EXTENT)
    lines = [path for drawn in ax.collections for path in drawn.get_paths()]
    assert len(lines) == 1
    np.testing.assert_allclose(lines[0].vertices[:, 0], 0, atol=1e-9)
    assert set(np.unique(ax.images[0].get_array())) == {0, 3}


def test_the_border_lies_between_two_centres():
    ax = plots.regions(lambda points: scores(points)[:, :2], EXTENT)
    line = ax.collections[0].get_paths()[0].vertices
    distances = np.linalg.norm(line[:, None] - CENTRES[:2], axis=-1)
    np.testing.assert_allclose(distances[:, 0], distances[:, 1], atol=0.01)


def test_a_region_has_its_name_in_it_away_from_the_points():
    ax = plots.regions(scores, X, classes=["a", "b", "c"])
    for k, text in enumerate(ax.texts):
        place = np.array(text.get_position())
        assert text.get_text() == "abc"[k]
        assert scores(place[None]).argmax() == k
        assert np.linalg.norm(X - place, axis=1).min() > 0.5


def test_a_name_keeps_clear_of_a_point_in_the_middle():
    corners = [[0.0, 0.0], [4, 0], [0, 4], [4, 4]]
    for points in (corners, [*corners, [2, 2]]):
        ax = plots.regions(lambda p: np.ones((len(p), 2)) - [0, 1], points)
        place = np.array(ax.texts[0].get_position())
        assert np.linalg.norm(points - place, axis=1).min() > 1.2


def test_regions_are_light_and_their_words_give_the_shares():
    ax = plots.regions(lambda points: points[:, 0] - 3.5, EXTENT, threshold=0, classes=["no", "yes"])
    assert plots.alternative(ax) == (
        "Decision regions for x₁ from −4.0 to 6.0 and x₂ from −7.0 to 1.0, "
        "shares of the area: no 75 %, yes 25 %."
    )
    assert all(luminance(tint(k)) > 0.6 for k in range(6))


def test_the_words_of_regions_name_a_class_that_never_wins():
    ax = plots.regions(lambda points: np.tile([0.0, 2.0, 1.0], (len(points), 1)), EXTENT)
    assert plots.alternative(ax).endswith("class 1 100 %; no region for class 0, class 2.")


def test_extent_from_points_leaves_a_margin():
    ax = plots.regions(scores, X)
    (left, right), (low, high) = ax.get_xlim(), (X[:, 0].min(), X[:, 0].max())
    assert left == pytest.approx(low - (high - low) / 12)
    assert right == pytest.approx(high + (high - low) / 12)


def test_responses_show_the_output_and_where_it_switches():
    def relu(points):
        return np.maximum(0, points @ [1.0, 0.5] + 1)[:, None]

    ax = plots.responses(relu, EXTENT)
    points = inside(100)
    np.testing.assert_allclose([at(ax, point) for point in points], relu(points)[:, 0], atol=0.06)
    line = ax.collections[0].get_paths()[0].vertices
    np.testing.assert_allclose(line @ [1.0, 0.5] + 1, 0, atol=0.05)
    assert "from 0 to 7.5, highest at (6.0, 1.0); above 0 on" in plots.alternative(ax)


def test_a_signed_response_has_zero_in_the_middle_of_its_scale():
    image = plots.responses(lambda points: points[:, 0], EXTENT).images[0]
    assert image.get_clim() == (-6, 6)


def test_a_unit_that_never_switches_has_no_line():
    ax = plots.responses(lambda points: np.ones(len(points)), EXTENT)
    assert not ax.collections
    assert "from 1 to 1" in plots.alternative(ax)


def bowl(points):
    return points[:, 0] ** 2 + 9 * (points[:, 1] + 2) ** 2 + 0.25


def test_contours_are_equal_factors_apart_and_have_the_cost_they_say():
    ax = plots.contours(bowl, EXTENT, minimum=(0, -2))
    drawn = ax.collections[-1]
    factors = (drawn.levels[1:] - 0.25) / (drawn.levels[:-1] - 0.25)
    np.testing.assert_allclose(factors, factors[0])
    assert len(drawn.levels) == 11
    for level, path in zip(drawn.levels[3:], drawn.get_paths()[3:], strict=True):
        np.testing.assert_allclose(bowl(path.vertices), level, rtol=0.02)
    assert plots.alternative(ax) == (
        "Lines of equal cost over x₁ from −4.0 to 6.0 and x₂ from −7.0 to 1.0, from 0.25 to 260, "
        "lowest at (0.0, −2.0), marked with a star."
    )


def test_paths_keep_the_picture_and_say_where_they_go():
    ax = plots.contours(bowl, EXTENT)
    ways = {"short": [[0, 0], [1, -1.0]], "wild": [[0, 0], [2, -3], [30, 1], [0, 0.0]]}
    assert plots.paths(ways, ax) is ax
    assert (*ax.get_xlim(), *ax.get_ylim()) == EXTENT
    drawn = [line for line in ax.lines if line.get_label() in ways]
    np.testing.assert_allclose(drawn[1].get_xydata(), ways["wild"])
    assert len({line.get_linestyle() for line in drawn}) == len({line.get_marker() for line in drawn}) == 2
    assert plots.alternative(ax).endswith(
        "short: 1 step from (0.0, 0.0) to (1.0, −1.0). "
        "wild: 3 steps from (0.0, 0.0) to (0.0, 0.0); it leaves the picture at step 2."
    )
