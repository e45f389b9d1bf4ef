// Comfort only: every page can be read, searched and run without this file.

const root = document.documentElement;
const stored = {
  get: () => { try { return localStorage.getItem("theme"); } catch { return null; } },
  set: (value) => { try { value ? localStorage.setItem("theme", value) : localStorage.removeItem("theme"); } catch {} },
};

// Theme: as the system has it, light, dark. The system may change while the page is open.
const system = matchMedia("(prefers-color-scheme: dark)");
const THEMES = { "": "System colours", light: "Light", dark: "Dark" };

function showTheme(button) {
  const chosen = stored.get() || "";
  root.dataset.theme = chosen || (system.matches ? "dark" : "light");
  button.querySelector("span").textContent = THEMES[chosen];
  button.title = "Change the colours of the page";
}

function nextTheme(button) {
  const order = Object.keys(THEMES);
  stored.set(order[(order.indexOf(stored.get() || "") + 1) % order.length]);
  showTheme(button);
}

for (const button of document.querySelectorAll("button.theme")) {
  button.hidden = false;
  button.addEventListener("click", () => nextTheme(button));
  system.addEventListener("change", () => showTheme(button));
  showTheme(button);
}

// Copy buttons, on code that is meant to be typed; never on outputs, and of an example only what is typed.
function typed(text) {
  if (!text.startsWith(">>> ")) return text.trimEnd();
  return text.split("\n").filter((line) => /^(>>>|\.\.\.)( |$)/.test(line)).map((line) => line.slice(4)).join("\n");
}

async function copy(button, pre) {
  const copied = await navigator.clipboard.writeText(typed(pre.textContent)).then(() => true, () => false);
  button.textContent = copied ? "Copied" : "Not copied";
  setTimeout(() => { button.textContent = "Copy"; }, 2000);
}

if (navigator.clipboard) {
  for (const pre of document.querySelectorAll("div[class*='highlight-'] pre")) {
    if (pre.closest(".cell_output")) continue;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "copy", textContent: "Copy" });
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", () => copy(button, pre));
    pre.parentElement.append(button);
  }
}

// What scrolls sideways can be reached by Tab and says what it is; what fits is no stop on the way.
const KINDS = { PRE: "Code", TABLE: "Table" };

function reachable(box) {
  const name = box.dataset.name || KINDS[box.tagName] || "Formula";
  const scrolls = box.scrollWidth > box.clientWidth + 1;
  const attributes = { tabindex: "0", role: "group", "aria-label": `${name}, scrolls sideways` };
  for (const [key, value] of Object.entries(attributes)) {
    scrolls ? box.setAttribute(key, value) : box.removeAttribute(key);
  }
}

const sizes = new ResizeObserver((entries) => entries.forEach(({ target }) => reachable(target)));
const boxes = [...document.querySelectorAll("article pre, .scroller, .math-block")];
boxes.forEach((box) => sizes.observe(box));
// A font that arrives late changes what is inside a box, not the box.
const laidOut = (box) => box.checkVisibility?.({ contentVisibilityAuto: true }) ?? true;
document.fonts?.ready.then(() => boxes.filter(laidOut).forEach(reachable));

// Sections out of sight are laid out one by one, when there is nothing else to do: a long page at once takes long.
const unseen = [...document.querySelectorAll("[data-layout] article > section > section")];
const idle = window.requestIdleCallback ?? ((then) => setTimeout(then, 20));

function layOutNext() {
  const section = unseen.shift();
  if (!section) return delete root.dataset.layout;
  section.style.contentVisibility = "visible";
  requestAnimationFrame(() => idle(layOutNext));
}

addEventListener("load", () => idle(layOutNext));

// The section being read is marked in the list of sections.
const links = new Map([...document.querySelectorAll("#sections a")].map((link) => [link.hash.slice(1), link]));
const seen = new Set();

function markSection() {
  const first = [...links.keys()].find((id) => seen.has(id));
  if (!first) return;
  links.forEach((link, id) => (id === first ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
}

const reading = new IntersectionObserver((entries) => {
  entries.forEach(({ target, isIntersecting }) => (isIntersecting ? seen.add(target.id) : seen.delete(target.id)));
  markSection();
}, { rootMargin: "-60px 0px -60% 0px" });
for (const id of links.keys()) {
  const heading = id && document.getElementById(id);
  if (heading) reading.observe(heading);
}

// A term opens its definition, for a pointer, for the keyboard, and for a finger, whose tap doesn't follow the link.
function place(box, link) {
  const { left, top, bottom } = link.getClientRects()[0];
  const room = root.clientWidth - box.offsetWidth - 8;
  const below = bottom + 6 + box.offsetHeight < innerHeight;
  box.style.left = `${scrollX + Math.max(8, Math.min(left, room))}px`;
  box.style.top = `${scrollY + (below ? bottom + 6 : top - box.offsetHeight - 6)}px`;
}

function define(link) {
  const box = document.getElementById(link.getAttribute("aria-describedby"));
  let timer;
  const turn = (open, wait) => () => {
    clearTimeout(timer);
    timer = setTimeout(() => { box.togglePopover(open); if (open) place(box, link); }, wait);
  };
  for (const part of [link, box]) {
    part.addEventListener("pointerenter", turn(true, 150));
    part.addEventListener("pointerleave", turn(false, 300));
  }
  link.addEventListener("focus", turn(true, 0));
  link.addEventListener("blur", () => { if (!box.matches(":hover")) turn(false, 0)(); });
  link.addEventListener("click", (event) => { if (event.pointerType === "touch") { event.preventDefault(); turn(true, 0)(); } });
}

if ("popover" in root) document.querySelectorAll("a.term").forEach(define);

// Paper has nothing to click: folded parts are printed open.
addEventListener("beforeprint", () => document.querySelectorAll("details.solution, details.hide").forEach((fold) => { fold.open = true; }));

// Summaries of search results are fetched, which a page opened from a disk may not do.
if (location.protocol === "file:" && typeof DOCUMENTATION_OPTIONS !== "undefined") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

// A summary begins at the place found. Sphinx looks for its id as it stands; ids of modules have dots in them.
addEventListener("DOMContentLoaded", () => {
  if (typeof Search === "undefined") return;
  const textOf = Search.htmlToText;
  Search.htmlToText = (html, anchor) => textOf(html, anchor && `#${CSS.escape(anchor.slice(1))}`);
});
