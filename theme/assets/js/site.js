// @ts-check
/* What every page may need: light or dark, filters and sorting of tables, charts on request, and the modules of the
   pages that are more than pages. Every page is complete without it. */
import { fold } from "./fold.js";
import { all } from "./page.js";

const script = /** @type {HTMLScriptElement | null} */ (document.querySelector("script[data-plotly]"));
const FIRST = 50; // rows that a long table opens with; the rest is one button away

/** Light or dark as the reader chose, else as the system wishes. */
function schemes() {
  const button = document.getElementById("hw-scheme");
  const dark = () => document.body.dataset.mdColorScheme === "slate";
  button?.setAttribute("aria-pressed", String(dark()));
  button?.addEventListener("click", () => {
    const scheme = dark() ? "default" : "slate";
    document.body.dataset.mdColorScheme = scheme;
    button.setAttribute("aria-pressed", String(dark()));
    try { localStorage.setItem("hiwar-scheme", scheme); } catch { /* storage may be shut */ }
  });
}

/** A form that leads nowhere is followed as it is filled in; nothing is sent. */
function forms() {
  document.addEventListener("submit", (event) => {
    if (/** @type {HTMLFormElement} */ (event.target).matches("form:not([action])")) event.preventDefault();
  });
}

/** Show the rows that fit the filters, the first of them only; tell how many fit. @param {HTMLTableElement} table */
function show(table) {
  const matching = [...table.tBodies[0].rows].filter((row) => {
    row.hidden = row.dataset.out === "1";
    return !row.hidden;
  });
  const rest = table.dataset.whole ? [] : matching.slice(FIRST);
  for (const row of rest) row.hidden = true;
  const more = /** @type {HTMLElement | null} */ (table.parentElement?.nextElementSibling);
  if (more?.matches(".hw-more")) {
    more.hidden = !rest.length;
    more.textContent = String(more.dataset.text).replace("#", String(rest.length));
  }
  return matching.length;
}

/** @param {HTMLFormElement} form */
function filter(form) {
  const table = /** @type {HTMLTableElement} */ (document.getElementById(String(form.dataset.for)));
  const rows = [...table.tBodies[0].rows];
  const wanted = /** @type {(HTMLInputElement | HTMLSelectElement)[]} */ (all("[data-filter]", form))
    .map((field) => [String(field.dataset.filter), field.dataset.filter === "name" ? fold(field.value) : field.value])
    .filter(([, value]) => value);
  for (const row of rows) {
    const fits = wanted.every(([key, value]) =>
      key === "name" ? fold(String(row.dataset.name)).includes(value) : row.dataset[key] === value);
    row.dataset.out = fits ? "" : "1";
  }
  const output = form.querySelector("output");
  const shown = show(table);
  if (output) output.textContent = `${output.dataset.count}: ${shown} / ${rows.length}`;
}

/** @param {HTMLTableElement} table @param {number} column @param {HTMLTableCellElement} head */
function sort(table, column, head) {
  const body = table.tBodies[0];
  /** @param {HTMLTableRowElement} row */
  const key = (row) => row.cells[column].dataset.sort ?? String(row.cells[column].textContent).trim();
  const down = head.getAttribute("aria-sort") === "ascending";
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const rows = [...body.rows].sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    if (!x || !y) return (x ? 0 : 1) - (y ? 0 : 1); // unknown stays last either way
    const order = !Number.isNaN(+x) && !Number.isNaN(+y) ? +x - +y : collator.compare(x, y);
    return down ? -order : order;
  });
  for (const th of all("[aria-sort]", table)) th.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  body.append(...rows);
  show(table);
}

/** Make the heads of a table buttons to sort by. @param {HTMLTableElement} table */
function sortable(table) {
  [...(table.tHead?.rows[0].cells ?? [])].forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "hw-sort";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(table, column, head));
    head.append(button);
  });
}

/** @type {Promise<unknown> | undefined} */
let plotly;
function load() {
  plotly ??= new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.src = String(script?.dataset.plotly);
    element.onload = resolve;
    element.onerror = reject;
    document.head.append(element);
  });
  return plotly;
}

/** A chart in the page's colours, light or dark. @param {any} chart @param {Element} figure */
function coloured(chart, figure) {
  const style = getComputedStyle(figure);
  const [mark, other, line] = ["--hw-observed", "--hw-mark", "--hw-line"].map((name) => style.getPropertyValue(name).trim());
  const data = chart.data.map((/** @type {any} */ trace, /** @type {number} */ i) => {
    const colour = i ? other : mark;
    const arms = trace.error_x && { error_x: { ...trace.error_x, color: colour } };
    return { ...trace, ...arms, marker: { ...trace.marker, color: colour } };
  });
  const axis = { gridcolor: line, zerolinecolor: line };
  const { xaxis, yaxis } = chart.layout;
  return [data, { ...chart.layout, font: { color: style.color }, xaxis: { ...xaxis, ...axis }, yaxis: { ...yaxis, ...axis } }];
}

/** @param {HTMLButtonElement} button */
async function interactive(button) {
  const figure = /** @type {HTMLElement} */ (button.closest("figure"));
  const chart = JSON.parse(String(figure.querySelector('script[type="application/json"]')?.textContent));
  button.disabled = true;
  await load();
  const place = /** @type {HTMLElement} */ (figure.querySelector(".hw-plot"));
  place.hidden = false;
  /** @type {SVGElement} */ (figure.querySelector("svg")).style.display = "none";
  button.remove();
  const draw = () => /** @type {any} */ (window).Plotly.react(place, ...coloured(chart, figure), { responsive: true, displayModeBar: false });
  await draw();
  new MutationObserver(draw).observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
}

/** Open what folds away the place that the address names. */
function unfold() {
  const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let fold_ = place?.closest("details"); fold_; fold_ = fold_.parentElement?.closest("details")) fold_.open = true;
  if (place?.closest("details")) place.scrollIntoView();
}

/** What scrolls sideways can be reached and moved with the keyboard, and says what it is. */
function scrollers() {
  /** @type {Map<string, number>} */
  const named = new Map();
  for (const box of /** @type {HTMLElement[]} */ (all(".hw-scroll, .md-typeset pre > code"))) {
    const scrolls = box.scrollWidth > box.clientWidth + 1;
    if (!scrolls) { box.removeAttribute("tabindex"); continue; }
    box.tabIndex = 0;
    if (box.tagName === "CODE") continue;
    const title = box.querySelector("caption")?.textContent ?? box.closest("figure")?.querySelector("figcaption strong")?.textContent
      ?? box.closest("section")?.querySelector("h2, h3")?.textContent ?? document.title;
    box.setAttribute("role", "region");
    const name = title.replace(/[¶#]/g, "").trim();
    named.set(name, (named.get(name) ?? 0) + 1); // no two regions may have the same name
    box.setAttribute("aria-label", named.get(name) === 1 ? name : `${name} (${named.get(name)})`);
  }
}

schemes();
forms();
setTimeout(scrollers); // what it measures, the browser lays out first
addEventListener("resize", scrollers);
unfold();
addEventListener("hashchange", unfold);
for (const form of /** @type {HTMLFormElement[]} */ (all("form.hw-filters[data-for]"))) {
  form.addEventListener("input", () => filter(form));
  filter(form);
}
for (const table of /** @type {HTMLTableElement[]} */ (all("table[data-sortable]"))) {
  sortable(table);
  show(table);
}
for (const more of /** @type {HTMLElement[]} */ (all(".hw-more"))) {
  more.addEventListener("click", () => {
    const table = more.previousElementSibling?.querySelector("table");
    if (!table) return;
    table.dataset.whole = "1";
    show(table);
  });
}
for (const link of /** @type {HTMLAnchorElement[]} */ (all("a[data-share]"))) {
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    try { await (await import("./share.js")).open(link); } catch { location.href = link.href; }
  });
}
for (const button of /** @type {HTMLButtonElement[]} */ (all("[data-chart]"))) {
  button.addEventListener("click", () => interactive(button).catch(() => { button.disabled = false; }));
}
