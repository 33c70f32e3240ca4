// @ts-check
/* The search page: what is typed, what was found, and an address that keeps the question. */
import { pieces } from "./marked.js";
import { keep, language, one, put } from "./page.js";
import { open } from "./search-core.js";

/** @typedef {import("./search-core.js").Found} Found */

const STEP = 10; // results at a time
const PAUSE = 120; // milliseconds without a key, after which is searched
const root = one("#search");
const text = /** @type {Record<string, string>} */ (root.dataset);
const form = /** @type {HTMLFormElement} */ (one("form", root));
const field = /** @type {HTMLInputElement} */ (one("#search-field", root));
const status = one("#search-status", root);
const list = one("ol", root);
const next = /** @type {HTMLButtonElement} */ (one("[data-next]", root));
const again = /** @type {HTMLButtonElement} */ (one("[data-again]", root));
const empty = one("[data-empty]", root);
const template = /** @type {HTMLTemplateElement} */ (one("template", root));
/** @type {{ kinds: Record<string, string>, count: Record<string, string> }} */
const words = JSON.parse(String(one("[data-words]", root).textContent));
const plural = new Intl.PluralRules(language);

/** @type {Promise<Awaited<ReturnType<typeof open>>> | null} */
let index = null;
let asked = 0; // questions so far: what an earlier one finds late is not shown
let most = STEP;

/** A file of the index. Only the first has the same name in every build, so only that one is asked for anew.
 * @param {string} name */
async function read(name) {
  const answer = await fetch(`${text.index}${name}`, { cache: name.includes("/") ? "default" : "no-cache" });
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer.text();
}

/** @param {number} n */
const counted = (n) => String(words.count[n ? plural.select(n) : "zero"] ?? words.count.other).replace("{n}", n.toLocaleString("en-US"));

/** Put a text in its place with the words that were looked for marked: a stranger's text, so only ever as text.
 * @param {Element} place @param {string} text @param {Set<string>} terms */
function marked(place, text, terms) {
  place.replaceChildren(...pieces(text, terms).map(([piece, meant]) => {
    if (!meant) return piece;
    const mark = document.createElement("mark");
    mark.textContent = piece;
    return mark;
  }));
}

/** @param {import("./search-core.js").Shown} found @param {Set<string>} terms */
function result(found, terms) {
  const item = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  const link = /** @type {HTMLAnchorElement} */ (one('[data-slot="title"]', item));
  link.href = text.root + found.address;
  marked(link, found.title, terms);
  link.lang = /[\u0600-\u06ff]/.test(found.title) ? "ar" : "en";
  one('[data-slot="kind"]', item).textContent = words.kinds[found.kind];
  marked(one('[data-slot="place"]', item), found.place, terms);
  return item;
}

/** @param {string} query @param {Found} found */
function show(query, found) {
  list.replaceChildren(...found.shown.map((one) => result(one, found.terms)));
  const left = found.total - found.shown.length;
  next.hidden = left <= 0;
  next.textContent = put(text.more, Math.min(STEP, left));
  empty.hidden = !query || found.total > 0;
  again.hidden = true;
  if (!query) status.textContent = text.start;
  else if (!found.total) status.textContent = text.none.replace("#", () => query);
  else status.textContent = found.whole ? counted(found.total) : text.partly.replace("#", () => counted(found.total));
}

function fail() {
  list.replaceChildren();
  index = null; // of a build that is no longer there, perhaps
  status.textContent = text.failed;
  next.hidden = true;
  again.hidden = empty.hidden = false;
}

async function search() {
  const query = field.value.trim();
  const mine = asked += 1;
  keep(new URLSearchParams(query ? { q: query } : {}));
  if (!query) {
    index ??= open(read); // so that it is there once somebody types
    index.catch(() => { index = null; });
    return show("", { total: 0, whole: true, terms: new Set(), shown: [] });
  }
  if (!list.childElementCount) status.textContent = text.loading;
  try {
    index ??= open(read);
    const found = await (await index).find(query, most);
    if (mine === asked) show(query, found);
  } catch (error) {
    console.error(error);
    if (mine === asked) fail();
  }
}

/** @type {number | undefined} */
let waiting;
field.addEventListener("input", () => {
  most = STEP;
  clearTimeout(waiting);
  waiting = window.setTimeout(search, PAUSE);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  most = STEP;
  search();
});
next.addEventListener("click", async () => {
  const seen = list.childElementCount;
  most += STEP;
  await search();
  /** @type {HTMLElement | null} */ (list.children[seen]?.querySelector("a"))?.focus(); // on with the first new one
});
again.addEventListener("click", search);

field.value = new URLSearchParams(location.search).get("q") ?? "";
search();
