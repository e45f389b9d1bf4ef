"""The moving figure of one unit in a browser: moved by keyboard, every number compared with the package."""

import re

import numpy as np
import pytest
from moving import assert_close, points, sentence, shown, tab_to, text, visits

from byhand import figures
from byhand.figures.frame import place
from byhand.losses import binary_cross_entropy
from byhand.optimizers import GradientDescent

pytestmark = pytest.mark.browser

# Ink in the middle of the first sixteen zeros and ones of scikit-learn's digits, standardised.
X = np.array([-1.79, 0.74, -0.61, 1.38, -0.14, 1.38, -0.81, 0.03])
X = np.concatenate([X, [0.5, 0.13, -1.45, -1.79, 0.64, 1.04, 0.27, 0.5]])
Y = np.array([0, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0])
FIGURE = figures.one_unit(X, Y)
LOWEST = FIGURE.model["minimum"][2]
LINK = '<p><a href="?one-unit=w:2,b:-1#one-unit">set</a></p>'


@pytest.fixture
def visit(browser, tmp_path):
    yield from visits(browser, tmp_path, LINK + FIGURE._repr_html_())


def cost(theta):
    value, dz = binary_cross_entropy(theta[0] * X + theta[1], Y)
    return value, np.array([dz @ X, dz.sum()])


def descent(theta, rate, steps):
    """The places (steps + 1, 2) gradient descent passes, and J at each."""
    places = [np.array(theta, dtype=float)]
    for _ in range(steps):
        places.append(places[-1].copy())
        GradientDescent(rate).step(places[-1], cost(places[-2])[1])
    return np.array(places), [cost(theta)[0] for theta in places]


def in_map(places):
    return np.stack(
        [place(places[:, i], FIGURE.model["scales"][name]) for i, name in enumerate("wb")], axis=1
    )


def check(page, path, rate):
    """All that the page shows at the end of a path is what the package computes there."""
    theta = path[-1]
    J, gradient = cost(theta)
    for part, value, digits in [
        ("w", theta[0], 3), ("b", theta[1], 3), ("J", J, 4), ("dw", gradient[0], 4), ("db", gradient[1], 4),
    ]:  # fmt: skip
        assert text(page, part) == shown(value, digits)
    assert text(page, "steps") == str(len(path) - 1)
    assert page.locator("output").all_text_contents() == [shown(theta[0], 3), shown(theta[1], 3)]
    np.testing.assert_allclose(points(page, "path"), in_map(path), atol=0.051)
    check_drawing(page, figures.one_unit(X, Y, w=theta[0], b=theta[1], learning_rate=rate))


def check_drawing(page, fresh):
    """What moved is drawn as Python draws it when it starts from there."""
    labels = [page.locator(f"[data-part={part}]").get_attribute("aria-label") for part in ("left", "right")]
    assert " ".join(["one-unit.", *labels]) == repr(fresh)
    for tag in re.findall(r"<(?:line|path|g) [^>]*data-part=[^>]*>", fresh.body):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        part = attributes.pop("data-part")
        if part in ("curve", "boundary") or part.startswith("loss"):
            for name, value in attributes.items():
                assert_close(page.locator(f"[data-part={part}]").get_attribute(name), value)
    for part, value in re.findall(r'<td data-part="(\w+)">([^<]*)</td>', fresh.body):
        assert text(page, part) == value


def choose_rate(page, rate):
    page.get_by_label("learning rate").select_option(str(rate))


def test_sliders_move_by_arrow_keys(visit):
    page = visit()
    tab_to(page, "weight w")
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    tab_to(page, "bias b")
    for _ in range(7):
        page.keyboard.press("ArrowLeft")
    check(page, np.array([[1.2, -0.7]]), 1)
    assert sentence(page) == f"w = 1.200, b = −0.700: J = {cost([1.2, -0.7])[0]:.4f}."
    page.keyboard.press("Home")
    low = FIGURE.model["scales"]["b"][0]
    check(page, np.array([[1.2, low]]), 1)


def test_steps_by_enter_and_space(visit):
    page = visit()
    tab_to(page, "Step")
    page.keyboard.press("Enter")
    path, costs = descent([0, 0], 1, 1)
    check(page, path, 1)
    assert sentence(page) == f"The step lowered J from {costs[0]:.4f} to {costs[1]:.4f}."
    tab_to(page, "Ten steps")
    page.keyboard.press("Space")
    path, costs = descent([0, 0], 1, 11)
    check(page, path, 1)
    assert sentence(page) == f"In 10 steps J fell from {costs[1]:.4f} to {costs[-1]:.4f}."
    assert len(points(page, "stops")) == 12


def test_the_learning_rate_is_chosen_by_keyboard(visit):
    page = visit()
    tab_to(page, "learning rate")
    page.keyboard.press("ArrowDown")
    assert page.get_by_label("learning rate").input_value() == "3"
    assert sentence(page) == "Learning rate 3: the arrow shows the next step."
    np.testing.assert_allclose(points(page, "arrow")[:2], in_map(descent([0, 0], 3, 1)[0]), atol=0.051)
    check(page, np.array([[0, 0]]), 3)


@pytest.mark.parametrize("rate", FIGURE.model["rates"])
def test_every_learning_rate_walks_as_the_package_does(visit, rate):
    page = visit()
    choose_rate(page, rate)
    page.get_by_role("button", name="Ten steps").click()
    path, costs = descent([0, 0], rate, 10)
    rises = int(np.sum(np.diff(costs) > 0))
    if costs[-1] - LOWEST < 0.0005:
        assert sentence(page) == f"J = {costs[-1]:.4f}: at the minimum to 3 decimals."
    else:
        verb = "fell" if costs[-1] < costs[0] else "rose"
        assert sentence(page).startswith(f"In 10 steps J {verb} from {costs[0]:.4f} to {costs[-1]:.4f}.")
        assert (f" {rises} of the 10 steps " in sentence(page)) == (rises > 0)
    inside = all(low <= v <= high for v, (low, high, *_) in zip(path[-1], in_model(), strict=True))
    assert ("off" in (page.locator("[data-part=dot]").get_attribute("class") or "")) != inside
    if inside:
        check(page, path, rate)


def in_model():
    return [FIGURE.model["scales"][name] for name in "wb"]


def test_the_rates_show_what_they_are_there_for():
    """A crawl, the best, a zigzag that settles, a bounce that does not, a first step too long."""
    costs = {rate: descent([0, 0], rate, 100)[1] for rate in FIGURE.model["rates"]}
    near = {rate: [J - LOWEST < 0.0005 for J in walk] for rate, walk in costs.items()}
    assert near[10].index(True) <= 5 < near[15].index(True) <= 15 < near[3].index(True)
    assert not any(near[20] + near[40] + near[1] + near[0.1])
    assert costs[40][1] > costs[40][0]


def test_a_step_too_long_says_so(visit):
    page = visit()
    choose_rate(page, 40)
    page.get_by_role("button", name="Step", exact=True).click()
    path, costs = descent([0, 0], 40, 1)
    assert sentence(page) == f"The step was too long: J rose from {costs[0]:.4f} to {costs[1]:.4f}."
    label = page.locator("[data-part=right]").get_attribute("aria-label")
    assert f"The dot is at w = {path[1, 0]:.3f}, b = {shown(path[1, 1], 3)}, off the map" in label
    dot = page.locator("[data-part=dot]")
    assert "off" in dot.get_attribute("class")
    assert float(dot.get_attribute("cx")) == FIGURE.model["scales"]["w"][3]


def test_reset_brings_back_the_first_state(visit):
    page = visit()
    before = page.locator(".panels").inner_html(), page.locator("dl").inner_html()
    choose_rate(page, 20)
    page.get_by_role("button", name="Ten steps").click()
    tab_to(page, "Reset")
    page.keyboard.press("Enter")
    check(page, np.array([[0, 0]]), 20)
    choose_rate(page, 1)
    after = page.locator(".panels").inner_html(), page.locator("dl").inner_html()
    assert [t.replace(' class=""', "") for t in after] == list(before)


def test_a_link_opens_a_setting(visit):
    page = visit("?one-unit=w:3,b:-1,rate:10#one-unit")
    check(page, np.array([[3, -1]]), 10)
    assert page.get_by_label("learning rate").input_value() == "10"


def test_a_link_in_the_text_works_again_and_again(visit):
    page = visit()
    for _ in range(2):
        page.get_by_role("link", name="set", exact=True).click()
        check(page, np.array([[2, -1]]), 1)
        page.get_by_role("button", name="Step", exact=True).click()


def test_the_link_offered_leads_back_to_the_setting(visit):
    page = visit()
    choose_rate(page, 3)
    page.get_by_role("button", name="Step", exact=True).click()
    target = page.get_by_role("link", name="Link to this setting").get_attribute("href")
    path, _ = descent([0, 0], 3, 1)
    again = visit(target)
    assert text(again, "w") == shown(path[1, 0], 3)
    assert again.get_by_label("learning rate").input_value() == "3"


@pytest.mark.parametrize(
    "setting", ["w:abc", "w", "x:3", "w:NaN,b:Infinity", "scales:1", "rate:7", "", ":,:"]
)
def test_a_link_with_nonsense_changes_nothing(visit, setting):
    check(visit("?one-unit=" + setting), np.array([[0, 0]]), 1)


def test_nothing_moves_by_itself(visit):
    page = visit(reduced_motion="reduce")
    page.get_by_role("button", name="Ten steps").click()
    assert page.evaluate("document.getAnimations().length") == 0
    check(page, descent([0, 0], 1, 10)[0], 1)
