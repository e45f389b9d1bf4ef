// Empty whatever no style can tell from something before it: colours are then tested once, not for each of a
// thousand words; read by conftest.py. Its empty element stays, for rules that ask what stands before a place.
() => {
  const MARKS = ["class", "style", "open", "hidden", "disabled", "aria-current", "fill", "stroke", "opacity"];
  const known = new Map();
  const keyOf = (element, around) => {
    const marks = MARKS.map((name) => element.getAttribute(name));
    if (!element.closest("article")) marks.push(element.id);  // the style sheet names parts of the frame by id
    const { localName, previousElementSibling: before } = element;
    return [around, localName, before?.localName === localName, element.hasAttribute("href"), ...marks].join("|");
  };
  // Whether something in here is new; what has nothing new is emptied.
  const thin = (element, around) => {
    const key = keyOf(element, around);
    const isNew = !known.has(key);
    if (isNew) known.set(key, known.size);
    const kept = [...element.children].map((child) => [child, thin(child, known.get(key))]);
    const holdsNew = isNew || kept.some(([, news]) => news);
    if (holdsNew) kept.forEach(([child, news]) => news || child.replaceWith(child.cloneNode(false)));
    return holdsNew;
  };
  thin(document.body, "");
}
