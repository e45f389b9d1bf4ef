// Loaded before the first paint, or a dark page flashes white.
{
  const root = document.documentElement;
  let chosen = null;
  try { chosen = localStorage.getItem("theme"); } catch {}
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = chosen || (dark ? "dark" : "light");

  // A long page is laid out as far as it is seen, and then the rest (book.js). Who comes back, or to a place within,
  // must find it where it was.
  const [visit] = performance.getEntriesByType("navigation");
  if ("long" in document.currentScript.dataset && visit?.type === "navigate" && !location.hash) root.dataset.layout = "part";

  // Formulas jump when their font comes late. A page from a disk must not preload, and has it at once.
  if ("math" in document.currentScript.dataset && location.protocol !== "file:") {
    const href = `${root.dataset.content_root}_static/math/stix-two-math.woff2`;
    const font = { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "anonymous", href };
    document.head.append(Object.assign(document.createElement("link"), font));
  }
}
