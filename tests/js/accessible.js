/* Our own checks of a page, beyond axe: a name, a sentence and a table with the same numbers for every chart; no text of a
   chart cut; nothing wider than the page; targets of 24 pixels; no order of focus but the reading order. */
() => {
  const found = [];
  const shown = (e) => e.checkVisibility({ checkVisibilityCSS: true });
  if (document.documentElement.scrollWidth > innerWidth) found.push(`wider than the page: ${document.documentElement.scrollWidth}`);
  for (const figure of document.querySelectorAll("figure.hw-chart")) {
    const svg = figure.querySelector("svg[role=img], svg[role=group]");
    const says = figure.querySelector(".hw-says")?.textContent.trim();
    if (svg && !svg.getAttribute("aria-label")?.trim()) found.push(`${figure.id}: no name`);
    if (!says) found.push(`${figure.id}: says nothing`);
    const cells = [...figure.querySelectorAll("table td")].map((c) => c.textContent.trim());
    if (!cells.length) found.push(`${figure.id}: no table`);
    for (const text of svg && !figure.querySelector(".hw-svg--scatter") ? svg.querySelectorAll("text.v") : []) {
      const number = text.textContent.match(/[\d.,]+/)?.[0];
      if (number && !cells.some((cell) => cell.includes(number))) found.push(`${figure.id}: ${number} is not in the table`);
    }
    for (const text of svg && shown(svg) ? svg.querySelectorAll("text") : []) {
      if (!shown(text) || getComputedStyle(text).display === "none") continue;
      const box = text.getBoundingClientRect(), frame = figure.getBoundingClientRect();
      if (box.width && (box.left < frame.left - 1.5 || box.right > frame.right + 1.5)) found.push(`${figure.id}: clipped ${text.textContent}`);
    }
  }
  const targets = [...document.querySelectorAll("button, input:not([type=hidden]), select, summary, nav a, .hw-button")].filter(shown);
  for (const target of targets) {
    const box = target.getBoundingClientRect();
    if (box.width && (box.width < 23.5 || box.height < 23.5)) found.push(`small target ${target.outerHTML.slice(0, 90)} ${box.width}×${box.height}`);
  }
  const positive = document.querySelectorAll("[tabindex]:not([tabindex='0']):not([tabindex='-1'])");
  if (positive.length) found.push("a tabindex of its own breaks the order of focus");
  return found;
}
