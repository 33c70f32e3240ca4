// @ts-check
/* Two to six agencies side by side; the address names them, and whether their peers' median stands beside them. */
import { fold } from "./fold.js";
import { all, drawBar, fetched, keep, language, number, one, put, share, showName } from "./page.js";

/** @typedef {{ id: string, en: string | null, ar: string | null, nodes: Record<string, (number | null)[]>,
 *   states: Record<string, string>, places: Record<string, number[]>, points: Record<string, Record<string, number>> }} Agency */

const root = /** @type {HTMLElement} */ (document.getElementById("compare"));
const text = /** @type {Record<string, string>} */ (root.dataset);
const states = JSON.parse(String(one("[data-states]", root).textContent));
const status = one("#compare-status", root);
const find = /** @type {HTMLInputElement} */ (one("#compare-find", root));
const peers = /** @type {HTMLInputElement} */ (one('[name="peers"]', root));
const rows = /** @type {HTMLTableRowElement[]} */ (all("tr[data-node]", root));
const head = /** @type {HTMLTableRowElement} */ (one("thead tr", root));
const [lowest, highest] = [Number(text.lowest), Number(text.highest)];
const asked = new URLSearchParams(location.search);
const SLUG = /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/;
const MOST_REASONS = 5;

let ids = [...new Set(asked.getAll("a"))].filter((id) => SLUG.test(id)).slice(0, Number(text.most));
peers.checked = asked.get("peers") === "1";

const named = (/** @type {{ en: string | null, ar: string | null }} */ it) =>
  String(/** @type {any} */ (it)[language] ?? it.en ?? it.ar);
/** @type {Map<string, Promise<Agency>>} */
const known = new Map();
function agency(/** @type {string} */ id) {
  const coming = known.get(id) ?? fetched(`${text.data}agencies/${id}.json`);
  known.set(id, coming);
  return coming;
}

/** @param {(number | null)[] | undefined} numbers @param {string | undefined} state */
function cell(numbers, state) {
  const made = /** @type {HTMLElement} */ (one("td", /** @type {HTMLTemplateElement} */ (one("#compare-cell")).content).cloneNode(true));
  const [score, low, high] = numbers ?? [null, null, null];
  one("strong", made).textContent = number(score);
  if (score === null || low === null || high === null) {
    one("svg", made).remove();
    one(".hw-range", made).textContent = state ? states[state] : "";
    return made;
  }
  one(".hw-range", made).textContent = high - low >= 0.05 ? put(text.range, number(low), number(high)) : "";
  drawBar(one("svg", made), score, low, high, lowest, highest);
  return made;
}

/** @param {Agency} it */
function title(it) {
  const made = /** @type {HTMLElement} */ (one("th", /** @type {HTMLTemplateElement} */ (one("#compare-head")).content).cloneNode(true));
  const link = /** @type {HTMLAnchorElement} */ (one("a", made));
  link.href = `../agencies/${it.id}/`;
  showName(link, it, text.untranslated);
  const button = one("button", made);
  button.setAttribute("aria-label", put(text.remove, named(it)));
  button.addEventListener("click", () => { ids = ids.filter((id) => id !== it.id); find.focus(); draw(); });
  return made;
}

/** @param {Agency} it */
function median(it) {
  const made = document.createElement("th");
  made.scope = "col";
  made.textContent = put(text.peers, named(it));
  return made;
}

/** @param {Agency[]} found */
function fill(found) {
  const beside = peers.checked && found.length ? found[0] : null;
  head.replaceChildren(head.cells[0], ...found.map(title), ...(beside ? [median(beside)] : []));
  for (const row of rows) {
    const node = String(row.dataset.node);
    const cells = found.map((it) => cell(it.nodes[node], it.states[node]));
    found.forEach((it, at) => {
      const place = it.places[node];
      if (!place) return;
      const line = document.createElement("span");
      line.className = "hw-range";
      line.textContent = put(text.place, number(place[0], 0), number(place[3], 0));
      cells[at].append(line);
    });
    if (beside) cells.push(cell([beside.nodes[node][3], null, null], undefined));
    row.replaceChildren(row.cells[0], ...cells);
    row.hidden = found.every((it) => it.nodes[node][0] === null);
  }
  const table = /** @type {HTMLElement} */ (one(".hw-wide", root));
  table.hidden = !found.length;
}

/** Why one of two stands above the other, in the first league that ranks both: what their points differ by.
 * @param {Agency[]} found */
function reasons(found) {
  const section = /** @type {HTMLElement} */ (one("#compare-why", root));
  const league = rows.map((row) => String(row.dataset.node)).find((node) => found.every((it) => it.places[node]));
  section.hidden = found.length !== 2 || !league;
  if (section.hidden || !league) return;
  const [above, below] = [...found].sort((a, b) => a.places[league][0] - b.places[league][0]);
  const label = (/** @type {string} */ node) => String(rows.find((row) => row.dataset.node === node)?.cells[0].textContent);
  one("h2", section).textContent = put(text.why, named(above), named(below), label(league));
  one("p", section).textContent = [above, below].map((it) => `${named(it)}: ${number(it.nodes[league][0])}${text.comma}` +
    put(text.likely, number(it.places[league][1], 0), number(it.places[league][2], 0))).join(" · ");
  const nodes = [...new Set([above, below].flatMap((it) => Object.keys(it.points[league])))];
  const gaps = nodes.map((node) => ({ node, gap: (above.points[league][node] ?? 0) - (below.points[league][node] ?? 0) }))
    .filter(({ gap }) => Math.abs(gap) >= 0.05)
    .sort((a, b) => Math.abs(b.gap) - Math.abs(a.gap)).slice(0, MOST_REASONS);
  one("ul", section).replaceChildren(...gaps.map(({ node, gap }) => {
    const line = document.createElement("li");
    line.textContent = put(gap > 0 ? text.more : text.less, number(Math.abs(gap)), label(node));
    return line;
  }));
}

async function draw() {
  const address = new URLSearchParams(ids.map((id) => ["a", id]));
  if (peers.checked) address.set("peers", "1");
  keep(address);
  const settled = await Promise.allSettled(ids.map(agency));
  const found = settled.flatMap((one_) => (one_.status === "fulfilled" ? [one_.value] : []));
  const lost = ids.filter((_, at) => settled[at].status === "rejected");
  fill(found);
  reasons(found);
  find.disabled = ids.length >= Number(text.most);
  status.textContent = lost.length ? put(text.unknown, lost.join(", ")) : found.length ? found.map(named).join(" · ") : text.empty;
}

/** @type {Promise<any> | undefined} */
let names;
async function suggest() {
  const { data, folded } = await (names ??= fetched(`${text.data}names.json`).then((data) => ({
    data, folded: data.id.map((/** @type {string} */ _, /** @type {number} */ i) => fold(`${data.en[i] ?? ""} ${data.ar[i] ?? ""}`)),
  })));
  const label = (/** @type {number} */ i) => `${named({ en: data.en[i], ar: data.ar[i] })} (${data.country[i]})`;
  const exact = data.id.findIndex((/** @type {string} */ id, /** @type {number} */ i) => label(i) === find.value && !ids.includes(id));
  if (exact >= 0) {
    ids = [...ids, data.id[exact]];
    find.value = "";
    one("datalist", root).replaceChildren();
    return draw();
  }
  const wish = fold(find.value);
  const fit = wish ? data.id.map((/** @type {string} */ _, /** @type {number} */ i) => i)
    .filter((/** @type {number} */ i) => folded[i].includes(wish) && !ids.includes(data.id[i])).slice(0, 12) : [];
  one("datalist", root).replaceChildren(...fit.map((/** @type {number} */ i) => {
    const option = document.createElement("option");
    option.value = label(i);
    return option;
  }));
}

find.addEventListener("input", () => { suggest(); });
peers.addEventListener("change", draw);
share(one("[data-share]", root));
draw();
