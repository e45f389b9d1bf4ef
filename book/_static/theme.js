// Loaded before the first paint, or a dark page flashes white.
{
  let chosen = null;
  try { chosen = localStorage.getItem("theme"); } catch {}
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = chosen || (dark ? "dark" : "light");
}
