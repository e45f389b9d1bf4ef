// What is wrong with the page as it is drawn; read by test_pages.py.
() => {
  const faults = [];
  const named = (element) => element.outerHTML.slice(0, 160);
  const drawn = (element) => element.getBoundingClientRect().width > 0 && element.getBoundingClientRect().height > 0;
  const report = (selector, isFaulty, what) =>
    document.querySelectorAll(selector).forEach((one) => isFaulty(one) && faults.push(`${what}: ${named(one)}`));

  const { scrollWidth, clientWidth } = document.documentElement;
  const sticksOut = (one) =>
    one.getBoundingClientRect().right > clientWidth && !one.parentElement.closest("pre, .scroller, .math-block");
  if (scrollWidth > clientWidth) {
    faults.push(`scrolls sideways: ${scrollWidth} in ${clientWidth} px`);
    report("main *", sticksOut, "too wide");
  }

  const isFileName = (text) => /[.](png|svg|jpe?g|webp|gif)$|^_?images?\b/i.test(text);
  report("img", (one) => !one.complete || one.naturalWidth === 0, "image not loaded");
  report("img:not([role=presentation])", (one) => !one.alt.trim(), "image without text");
  report("img", (one) => isFileName(one.alt), "file name as text of an image");
  report("img", (one) => !one.getAttribute("width") || !one.getAttribute("height"), "image without size");
  const isStretched = (one) =>
    drawn(one) && Math.abs((one.clientWidth * one.naturalHeight) / (one.clientHeight * one.naturalWidth) - 1) > 0.02;
  report("img", isStretched, "image out of proportion");

  const isNamed = (one) =>
    one.getAttribute("aria-label")?.trim() || one.getAttribute("aria-labelledby") || one.querySelector("title");
  report("svg[role=img]", (one) => !isNamed(one), "drawing without label");
  const placeOf = (text, at) => {
    const range = document.createRange();
    range.setStart(text, at);
    range.setEnd(text, at + 1);
    return range.getBoundingClientRect();
  };
  // The text right beside a formula, a comma say, stands on another line if it does not stand on that side.
  const isTorn = (one) => {
    if (one.closest(".math-block") || !drawn(one)) return false;
    const box = one.getBoundingClientRect();
    const [before, after] = [one.previousSibling, one.nextSibling].map((text) => (text?.data ? text : null));
    if (after && /^\S/.test(after.data) && placeOf(after, 0).left < box.right - 2) return true;
    return before && /\S$/.test(before.data) && placeOf(before, before.data.length - 1).left > box.left;
  };
  report("math", (one) => !drawn(one), "formula not drawn");
  report("main math", isTorn, "line ends beside a formula, before what belongs to it");
  report("merror", () => true, "formula with an error");
  report("svg.icon", (one) => drawn(one.parentElement) && !drawn(one), "icon not drawn");
  report("i[class*='fa-'], span[class*='fa-']", () => true, "icon of a font that is not here");
  return faults;
}
