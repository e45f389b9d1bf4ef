"""Pictures weigh less on a page, and show the same."""

import numpy as np
import pytest
from bs4 import BeautifulSoup
from PIL import Image

import pictures


@pytest.fixture
def png(tmp_path):
    """A picture with a hundred colours, some of them clear."""
    path = tmp_path / "one.png"
    Image.fromarray(np.random.default_rng(1).integers(0, 256, (40, 60, 4)).astype("uint8").repeat(4, 0)).save(
        path
    )
    return path


def points(path):
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGBA"))


def test_every_point_is_as_it_was(png, tmp_path):
    webp = pictures.lighter(png, tmp_path / "drafts")
    assert webp.stat().st_size < png.stat().st_size
    assert np.array_equal(points(webp), points(png))


def test_a_picture_is_made_once(png, tmp_path):
    made = pictures.lighter(png, tmp_path / "drafts").stat().st_mtime_ns
    assert pictures.lighter(png, tmp_path / "drafts").stat().st_mtime_ns == made


def test_what_would_grow_stays_png(tmp_path):
    Image.new("1", (1, 1)).save(tmp_path / "dot.png", optimize=True)
    (tmp_path / "drafts").mkdir()
    webp = pictures.lighter(tmp_path / "dot.png", tmp_path / "drafts")
    assert webp is None or webp.stat().st_size < (tmp_path / "dot.png").stat().st_size


def test_the_pages_show_pictures_that_are_there_and_keep_the_png(site):
    shown = [
        (page.parent / image["src"])
        for page in (site / "chapters").glob("*.html")
        for image in BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").find_all("img")
    ]
    light = [path for path in shown if path.suffix == ".webp"]
    assert len(light) > len(shown) / 2
    for path in light:
        assert path.stat().st_size < path.with_suffix(".png").stat().st_size
    assert np.array_equal(points(light[0]), points(light[0].with_suffix(".png")))
