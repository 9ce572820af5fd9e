// What a page must keep for everybody; returns a list of faults, each with the element's own words.
() => {
  const faults = [];
  const visible = (one) => one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length > 0;
  const named = (one) => one.tagName.toLowerCase() + " " + JSON.stringify((one.getAttribute("aria-label") || one.innerText || one.id || one.name || "").slice(0, 40));

  // colours
  const parse = (text) => {
    const parts = text.match(/[\d.]+/g).map(Number);
    return { r: parts[0], g: parts[1], b: parts[2], a: parts.length > 3 ? parts[3] : 1 };
  };
  const channel = (value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  const light = (c) => 0.2126 * channel(c.r) + 0.7152 * channel(c.g) + 0.0722 * channel(c.b);
  const contrast = (one, other) => {
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  };
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.a === 1) return colour;
    }
    return parse(getComputedStyle(document.documentElement).colorScheme.includes("dark") ? "rgb(18,18,18)" : "rgb(255,255,255)");
  };
  const hidden = (one) => one.closest(".hide, .skip, option, noscript, script, style, template");
  let texts = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const one = node.parentElement;
    if (!node.data.trim() || !visible(one) || hidden(one) || one.closest("[disabled]")) continue;
    texts += 1;
    const style = getComputedStyle(one);
    const big = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
    const ratio = contrast(parse(style.color), ground(one));
    if (ratio < (big ? 3 : 4.5)) faults.push("contrast " + ratio.toFixed(2) + ": " + JSON.stringify(node.data.trim().slice(0, 40)));
  }
  if (texts < 5) faults.push("looked at nothing");

  // names
  for (const one of document.querySelectorAll("input:not([type=hidden]), select, textarea")) {
    if (visible(one) && !(one.labels && one.labels.length) && !one.getAttribute("aria-label")) faults.push("no label: " + named(one));
  }
  for (const one of document.querySelectorAll("a[href], button, summary")) {
    if (visible(one) && !(one.innerText || "").trim() && !one.getAttribute("aria-label")) faults.push("no name: " + named(one));
  }
  for (const one of document.querySelectorAll("img:not([alt])")) faults.push("no alt: " + named(one));
  const ids = Array.from(document.querySelectorAll("[id]"), (one) => one.id);
  for (const id of new Set(ids.filter((id, n) => ids.indexOf(id) !== n))) faults.push("id twice: " + id);
  for (const one of document.querySelectorAll("[aria-labelledby], [aria-describedby], [aria-controls], label[for]")) {
    for (const name of ["aria-labelledby", "aria-describedby", "aria-controls", "for"]) {
      for (const id of (one.getAttribute(name) || "").split(" ").filter(Boolean)) if (!document.getElementById(id)) faults.push(name + " points nowhere: " + id);
    }
  }

  // structure
  if (!document.documentElement.lang) faults.push("no language");
  if (!document.title.trim()) faults.push("no title");
  if (document.querySelectorAll("main").length !== 1) faults.push("not one main part");
  const levels = Array.from(document.querySelectorAll("h1, h2, h3"), (one) => Number(one.tagName[1]));
  if (levels[0] !== 1) faults.push("no first heading");
  levels.forEach((level, n) => n && level > levels[n - 1] + 1 && faults.push("a heading level is left out"));
  if (document.querySelector("[tabindex]:not([tabindex='0']):not([tabindex='-1'])")) faults.push("an order of its own");

  // sizes: what is touched is 44 pixels high, except links within sentences
  for (const one of document.querySelectorAll("button, select, textarea, summary, a[href], input:not([type=hidden]):not([type=radio]):not([type=checkbox])")) {
    if (!visible(one) || hidden(one) || one.closest(".bubble, dd, p.line, .said-words")) continue;
    const box = one.getBoundingClientRect();
    if (box.height < 43.5 || box.width < 43.5) faults.push("small (" + box.width.toFixed(0) + "×" + box.height.toFixed(0) + "): " + named(one));
  }
  if (document.documentElement.scrollWidth > innerWidth + 1) faults.push("wider than the window: " + document.documentElement.scrollWidth);
  return faults;
}
