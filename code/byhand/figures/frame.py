"""The frame of every moving figure: one HTML fragment that holds picture, numbers, style and script.

<name>.js changes the elements that carry data-part; without JavaScript the picture stays as Python drew it.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

FOLDER = Path(__file__).parent
LEFT, RIGHT, TOP, BOTTOM = 34, 350, 28, 260  # edges of a drawing's frame, in its own units, 360 wide

# Colours of middle lightness read on white and on black alike; text takes the page's own colour.
STYLE = """
.moving-figure{--zero:#2b7fd0;--one:#c9650f;--next:var(--link,#14899c);margin:1em 0;
 scroll-margin-top:4.5em;color:var(--jp-ui-font-color1,inherit);text-align:start;
 line-height:1.5}
.moving-figure figcaption{margin:0 0 .5em;padding:0;font-size:1em;color:inherit;text-align:start}
.moving-figure strong{font-weight:700}
.moving-figure :is(.panels,.pairs){display:grid;gap:.5em;
 grid-template-columns:repeat(auto-fit,minmax(min(100%,17em),1fr))}.moving-figure .pairs{flex:1}
.moving-figure svg{width:100%;height:auto;font:14px sans-serif;fill:currentColor;overflow:hidden}
.moving-figure .panels>svg{display:block;max-width:30em}
.moving-figure :is(path,line,rect){fill:none;stroke:currentColor}
.moving-figure .faint{stroke-opacity:.45}.moving-figure .dashed{stroke-dasharray:5 4}
.moving-figure .small{font-size:12px;fill-opacity:.8}.moving-figure .bold{stroke-width:2.5}
.moving-figure circle.zero{fill:none}.moving-figure .zero{stroke:var(--zero)}
.moving-figure .one{stroke:var(--one)}.moving-figure line:is(.zero,.one){stroke-opacity:.55}
.moving-figure .next{stroke:var(--next)}.moving-figure .stops{stroke-width:5;stroke-linecap:round}
.moving-figure .off{fill:none;stroke:currentColor;stroke-width:2}
.moving-figure dl{display:flex;flex-wrap:wrap;gap:.25em 1.5em;margin:.5em 0}
.moving-figure dl div{display:flex;gap:.4em}.moving-figure :is(dt,dd){margin:0;font-weight:normal;
 float:none;width:auto;white-space:nowrap}
.moving-figure :is(dd,output,td){font-variant-numeric:tabular-nums}
.moving-figure :is(td,th){min-width:0;padding:.1em .6em;text-align:right;background:none;color:inherit}
.moving-figure fieldset{border:1px solid #8888;border-radius:.3em;padding:.3em .7em .6em;margin:0 0 .5em;
 min-width:0;display:flex;flex-wrap:wrap;gap:.4em .8em;align-items:center}
.moving-figure legend{float:none;width:auto;font-size:.9em;padding:0 .3em;margin:0}
.moving-figure :is(label,.slider){display:flex;align-items:center;gap:.5em;margin:0}
.moving-figure .slider{flex:1 1 15em;min-width:0}.moving-figure .slider label{flex-wrap:wrap}
.moving-figure .slider :is(label,input){flex:1 1 6em;min-width:0}
.moving-figure label{white-space:nowrap}.moving-figure output{min-width:3.7em;text-align:right}
.moving-figure :is(input,select,button,summary,.controls a){min-height:28px;font:inherit;color:inherit}
.moving-figure :is(select,button){background:#8882;border:1px solid #888;border-radius:.3em;
 padding:.1em .7em}
.moving-figure .controls a{display:inline-block;padding:.2em 0}
.moving-figure option{color:#111;background:#fff}.moving-figure .live{min-height:1.5em;margin:.3em 0}
.moving-figure :is(input,select,button,summary):focus-visible{
 outline:3px solid var(--next);outline-offset:2px}
@media print{.moving-figure .controls{display:none}
 .moving-figure details::details-content{content-visibility:visible;block-size:auto}}
"""


@dataclass(frozen=True, repr=False)
class Figure:
    """A picture with what is needed to move it; notebooks and the book show it as HTML.

    Args:
        name: of the figure; the file of this name, hyphens as underscores, moves it.
        model: the numbers JavaScript starts from; a link to ?name=key:value,…#name sets one of them.
        caption: HTML that says what is seen and what to predict.
        body: HTML of the drawings and numbers, and one empty element with data-part="controls".
        summary: one line that says the same in plain text.
    """

    name: str
    model: dict
    caption: str
    body: str
    summary: str

    def __repr__(self):
        return self.summary

    def _repr_html_(self):
        model = json.dumps(self.model, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
        return (
            f'<style>{STYLE}</style><figure class="moving-figure" id="{self.name}" data-figure="{self.name}">'
            f"<figcaption>{self.caption}</figcaption>{self.body}"
            f'<script type="application/json">{model}</script></figure>\n'
            f'<script type="module">\n{script(self.name)}</script>'
        )


@cache
def script(name):
    """One module script without imports: the figure's file, after the files it imports, and its start."""
    parts = inlined(name.replace("-", "_") + ".js") + inlined("frame.js")
    return f'{parts}start(figure, "{name}");\n'


def inlined(file, seen=None):
    """A file's text after that of the files it imports, each once; seen are those already there."""
    seen = set() if seen is None else seen
    seen.add(file)
    text = (FOLDER / file).read_text(encoding="utf-8")
    needed = re.findall(r'^import .* from "\./(.+)";$', text, flags=re.M)
    before = "".join(inlined(other, seen) for other in needed if other not in seen)
    text = re.sub(r"^export default ", "const figure = ", text, flags=re.M)
    # Comments and indents stay in the repository.
    return before + re.sub(r"^(import .*\n|\s*//.*\n|export |[ \t]+|\n)", "", text, flags=re.M)


def tag(name, text="", **attributes):
    """An HTML or SVG element; class_ is class, data_part is data-part; numbers as `pixel` writes them."""
    values = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
    written = (f' {key}="{escape(v) if isinstance(v, str) else pixel(v)}"' for key, v in values.items())
    return f"<{name}{''.join(written)}>{text}</{name}>"


def pixel(value):
    """A place in a drawing, to a tenth of its units."""
    return f"{value:.1f}"


def number(value, digits):
    """A value as the figures print it: fixed digits, a true minus sign, no negative zero."""
    text = f"{value:.{digits}f}"
    return text.replace("-", "" if float(text) == 0 else "−")


def place(value, scale):
    """Where value stands in a drawing; scale is lowest and highest value, and where each is drawn."""
    low, high, start, end = scale
    return start + (value - low) / (high - low) * (end - start)


def line(points):
    """Path data through points [(x, y), …]."""
    return "M" + "L".join(f"{pixel(x)} {pixel(y)}" for x, y in points)
