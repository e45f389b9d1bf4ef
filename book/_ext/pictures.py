"""Pictures as lossless WebP, half the size of PNG. The PNG stays beside it, for paper and for saving."""

import hashlib
import os
import shutil
from pathlib import Path

from PIL import Image


def lighten(body, page):
    """Show each PNG as WebP, where that is smaller."""
    for image in body.select("img[src$='.png']"):
        png = page.image_files.get(Path(image["src"]).name)
        webp = png and png.is_file() and lighter(png, page.drafts)
        if webp:
            image["src"] = image["src"].removesuffix(".png") + ".webp"
            page.pictures.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(webp, page.pictures / Path(image["src"]).name)


def lighter(png, drafts):
    """The file of a picture as WebP, every point as it was; `drafts` keeps it for the next build."""
    webp = drafts / f"{hashlib.sha256(png.read_bytes()).hexdigest()}.webp"
    if not webp.exists():
        drafts.mkdir(parents=True, exist_ok=True)
        half = webp.with_suffix(f".{os.getpid()}")
        with Image.open(png) as picture:
            picture.save(half, "WEBP", lossless=True, quality=80, method=4, exact=True)
        half.replace(webp)
    return webp if webp.stat().st_size < png.stat().st_size else None
