"""Opening a moving figure in a browser and reading it: what the tests of every figure share."""

import re
from collections import defaultdict

import numpy as np

HEAD = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Figure</title>'
HEAD += '<meta name="viewport" content="width=device-width, initial-scale=1">'
NUMBER = r"-?\d+(?:\.\d+)?"


def visits(browser, tmp_path, page_body):
    """A function that opens the page from file://; whatever it logs, throws or asks of the network fails."""
    opened, faults = [], []
    listeners = {
        "console": lambda message: faults.append(message.text),
        "pageerror": lambda error: faults.append(str(error)),
        "request": lambda request: request.url.startswith("file:") or faults.append(request.url),
    }

    def go(setting="", body=page_body, **options):
        file = tmp_path / "page.html"
        file.write_text(HEAD + body, encoding="utf-8")
        page = free_page(browser, options)
        opened.append((page, options))
        for event, listener in listeners.items():
            page.on(event, listener)
        page.goto(file.as_uri() + setting)
        return page

    yield go
    for page, options in opened:
        for event, listener in listeners.items():
            page.remove_listener(event, listener)
        give_back(browser, page, options)
    assert not faults


# Pages that wait for the next visit, by browser and options: a new one takes longer than most tests.
FREE: dict[tuple, list] = defaultdict(list)


def free_page(browser, options):
    """An empty page with these options."""
    free = FREE[browser, repr(options)]
    return free.pop() if free else browser.new_context(**options).new_page()


def give_back(browser, page, options):
    """Empty a page for the next visit."""
    page.emulate_media(media="null")
    page.goto("about:blank")
    FREE[browser, repr(options)].append(page)


def text(page, part):
    return page.locator(f"[data-part={part}]").text_content()


def shown(value, digits):
    return f"{value:.{digits}f}".replace("-", "−")


def sentence(page):
    return page.locator("[aria-live=polite]").text_content()


def points(page, part):
    data = page.locator(f"[data-part={part}]").get_attribute("d")
    return np.array(re.findall(r"(-?[\d.]+) (-?[\d.]+)", data), dtype=float)


def assert_close(one, other):
    """Two texts alike but for the last place of their numbers."""
    assert re.sub(NUMBER, "#", one) == re.sub(NUMBER, "#", other)
    numbers = [[float(number) for number in re.findall(NUMBER, text)] for text in (one, other)]
    np.testing.assert_allclose(*numbers, atol=0.11)


def tab_to(page, name):
    """Reach a control by Tab alone; name is what a screen reader calls it."""
    for _ in range(30):
        page.keyboard.press("Tab")
        found = page.evaluate("e => (e.labels?.[0] ?? e).firstChild?.textContent", page.evaluate_handle(
            "document.activeElement"))  # fmt: skip
        if found == name:
            return
    raise AssertionError(f"No control called {name!r} is reached by Tab.")
