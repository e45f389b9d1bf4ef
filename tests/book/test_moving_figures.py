"""What every moving figure must do in a browser, whatever it shows."""

import base64
import hashlib
import re

import numpy as np
import pytest
from moving import assert_close, tab_to, visits

from byhand import figures
from byhand.figures.frame import FOLDER
from byhand.layers import Dense
from byhand.losses import softmax_cross_entropy
from byhand.network import Network

pytestmark = pytest.mark.browser

X, Y = np.linspace(-2, 2, 9), np.array([0, 0, 1, 0, 1, 0, 1, 1, 1])
SCORES = np.column_stack([2 * X, 1 - X])
LABELS = np.column_stack([Y, Y[::-1]])
NETWORK = Network(400, [Dense(25, "relu"), Dense(15, "relu"), Dense(10)], softmax_cross_entropy)
THETA = NETWORK.initialize(np.random.default_rng(3), np.float64)
FIGURES = {
    figure.name: figure
    for figure in (
        figures.backpropagation_graph(),
        figures.draw_digit(NETWORK, THETA),
        figures.descent(),
        figures.one_unit(X, Y),
        figures.relu_stitching(),
        figures.slopes(),
        figures.softmax([2, 1, -1, 0]),
        figures.speed_up(),
        figures.stability(),
        figures.sliding_window(np.sin(np.arange(30.0)), np.eye(20), at=9),
        figures.threshold(SCORES, LABELS, ["car", "bus"]),
    )
}
BEFORE, AFTER = '<p><a href="#end">end</a></p>', '<p id="end">End.</p>'
NONSENSE = ["{key}:abc", "{key}", "x:3", "{key}:NaN,{key}:Infinity", "scales:1", "", ":,:"]


@pytest.fixture(params=FIGURES.values(), ids=FIGURES)
def figure(request):
    """Each figure of the package in its first state."""
    return request.param


@pytest.fixture
def visit(browser, tmp_path, figure):
    yield from visits(browser, tmp_path, BEFORE + figure._repr_html_() + AFTER)


def drawn(page):
    """All that a figure shows, but for its controls."""
    kept = ("[role=img]", "dl", "table")
    return "".join(t for s in kept for t in page.locator(s).evaluate_all("all => all.map(e => e.outerHTML)"))


def nudge(page, at=0):
    """Move a slider one step by keyboard."""
    page.locator("input[type=range]").nth(at).press("ArrowRight")


def test_all_figures_of_the_package_are_tested():
    scripts = {file.stem for file in FOLDER.glob("*.js") if file.with_suffix(".py").exists()}
    assert {name.replace("-", "_") for name in FIGURES} == scripts - {"frame"}


def test_the_first_drawing_of_javascript_is_the_picture_python_drew(visit):
    still, moving = visit(java_script_enabled=False), visit()
    assert_close(drawn(moving), drawn(still))
    assert moving.locator("figure[data-live]").count() == 1


def test_every_slider_moves_the_picture_by_keyboard(visit):
    page = visit()
    for k, label in enumerate(page.locator(".slider label").all_text_contents()):
        before = drawn(page)
        tab_to(page, label)
        page.keyboard.press("ArrowRight")
        assert drawn(page) != before, f"slider {k}"
        assert page.locator("[aria-live=polite]").text_content()


def test_reset_undoes_every_slider(visit):
    page = visit()
    before = drawn(page)
    for k in range(page.locator("input[type=range]").count()):
        nudge(page, k)
    tab_to(page, "Reset")
    page.keyboard.press("Enter")
    assert drawn(page).replace(' class=""', "") == before.replace(' class=""', "")


def test_the_link_offered_leads_back_to_what_is_drawn(visit):
    page = visit()
    for k in range(page.locator("input[type=range]").count()):
        nudge(page, k)
    again = visit(page.get_by_role("link", name="Link to this setting").get_attribute("href"))
    assert drawn(again) == drawn(page)


def test_other_anchors_are_left_alone(visit):
    page = visit("#end")
    nudge(page)
    state = drawn(page)
    assert page.url.endswith("#end")
    page.get_by_role("link", name="end", exact=True).click()
    assert drawn(page) == state


def test_a_link_with_nonsense_changes_nothing(visit, figure):
    key = next(name for name, value in figure.model.items() if isinstance(value, float))
    page = visit()
    address, first = page.url, drawn(page)
    for setting in NONSENSE:
        page.goto(f"{address}?{figure.name}=" + setting.format(key=key))
        assert drawn(page) == first, setting


def test_without_javascript_the_picture_stays_and_no_control_is_dead(visit):
    page = visit(java_script_enabled=False)
    assert page.locator("[role=img]").count() >= 1
    assert page.locator("figcaption").is_visible()
    assert page.locator("input, select, button, output, fieldset").count() == 0
    for fold in page.locator("summary").all():
        fold.click()
    assert page.locator("tbody tr").count() >= 3
    assert page.locator("td").first.is_visible()


def test_print_leaves_out_the_controls_and_unfolds_the_numbers(visit):
    page = visit()
    page.emulate_media(media="print")
    assert not page.get_by_role("button", name="Reset").is_visible()
    assert page.locator("[role=img]").first.is_visible()
    assert page.locator("table").bounding_box()["height"] > 100


def test_nothing_moves_by_itself(visit):
    page = visit(reduced_motion="reduce")
    for button in page.get_by_role("button").all():
        button.click()
        assert page.evaluate("document.getAnimations().length") == 0
    before = drawn(page)
    page.wait_for_timeout(300)
    assert drawn(page) == before


def test_fits_a_narrow_screen_with_targets_large_enough(visit):
    page = visit(viewport={"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for control in page.locator("input, select, button, summary, .controls a").all():
        box = control.bounding_box()
        assert box["height"] >= 24
        assert box["width"] >= 24
        assert box["x"] + box["width"] <= 320


def test_jupyterlab_leaves_the_keys_to_the_controls(visit):
    """Seen there: without the attribute on the focused element itself the arrow keys never arrive."""
    controls = visit().locator("figure :is(input, select, button, a, summary)")
    assert controls.count() > 4
    assert all(control.get_attribute("data-lm-suppress-shortcuts") for control in controls.all())


def test_a_cell_run_twice_gives_two_live_figures(visit, figure):
    page = visit(body=figure._repr_html_() * 2)
    assert page.get_by_role("button", name="Reset").count() == 2
    first, last = page.locator(".panels").first, page.locator(".panels").last
    before = first.inner_html()
    page.locator("input[type=range]").last.press("ArrowRight")
    assert first.inner_html() == before != last.inner_html()


@pytest.mark.parametrize("sandbox", ["", ' sandbox="allow-scripts"'])
def test_works_in_a_frame_without_an_address(visit, figure, sandbox):
    inner = figure._repr_html_().replace("&", "&amp;").replace('"', "&quot;")
    page = visit(body=f'<iframe{sandbox} title="cell" width="700" height="900" srcdoc="{inner}"></iframe>')
    frame = page.frame_locator("iframe")
    before = frame.locator(".panels").inner_html()
    frame.locator("input[type=range]").first.press("ArrowRight")
    moved = frame.locator(".panels").inner_html()
    assert moved != before
    frame.get_by_role("link", name="Link to this setting").click()
    assert frame.locator(".panels").inner_html() == moved


def test_runs_under_a_policy_that_allows_only_its_own_script_and_style(visit, figure):
    html = figure._repr_html_()

    def digest(pattern):
        content = re.search(pattern, html, re.S).group(1).encode()
        return f"'sha256-{base64.b64encode(hashlib.sha256(content).digest()).decode()}'"

    policy = f"default-src 'none'; style-src {digest('<style>(.*?)</style>')}; "
    policy += f"script-src {digest('<script type=.module.>(.*?)</script>')}"
    page = visit(body=f'<meta http-equiv="Content-Security-Policy" content="{policy}">' + html)
    before = drawn(page)
    nudge(page)
    assert drawn(page) != before
