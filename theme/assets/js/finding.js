// @ts-check
/* The form for a finding: what a person writes is checked by the rules of the data files, shown as the file it becomes,
   and weighed by the index's own arithmetic. Nothing leaves the page until its reader opens the repository. */
import { fileName, identified, numberOf, tidy, western, yaml } from "./finding-file.js";
import { faults, isError, sentence } from "./finding-rules.js";
import { fold } from "./fold.js";
import { fromApi, observed, scored } from "./observe.js";
import { all, fetched, language, number, one, showName } from "./page.js";

const LONGEST = 6000; // addresses much longer than this are refused by servers
const SHOWN = 8; // agencies that a search lists
const EMPTY = ["missing", "no_language", "no_value"]; // what is not wrong, only not there yet
const NUMBERS = ["numerator", "denominator"];
const form = /** @type {HTMLFormElement} */ (document.getElementById("finding"));
const words = JSON.parse(String(form.dataset.words));
const touched = new Set();
const countries = new Intl.DisplayNames(language, { type: "region" });
/** @type {any} */
let book;
/** @type {{ id: string[], en: (string | null)[], ar: (string | null)[], country: string[] }} */
let names;
/** @type {{ folder: string, id: string, evidence: any[], enquired: Record<string, number>, overall: boolean } | null} */
let agency = null;

const fill = (/** @type {string} */ text, /** @type {Record<string, string>} */ values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const said = (/** @type {string} */ name) => tidy(/** @type {HTMLInputElement | null} */ (form.elements.namedItem(name))?.value);
const numeric = (/** @type {string} */ name) => { const text = said(name); return text === undefined ? undefined : numberOf(text); };
/** Only what changed is written, so that nothing is read out twice. @param {HTMLElement} place @param {string} text */
const say = (place, text) => { if (place.textContent !== text) place.textContent = text; };
const label = (/** @type {string} */ key) => one(`[data-key="${key}"] :is(label, strong)`, form).textContent ?? key;

/** The item as the file would hold it. */
function item() {
  const code = said("code"), type = book.codes[code ?? ""]?.type;
  const value = { flag: flag(), choice: said("choice"), number: numeric("number"), share: share() }[/** @type {"flag"} */ (type)];
  const unit = typeof value !== "number" ? undefined : book.codes[code ?? ""].unit ?? said("unit");
  const [numerator, denominator] = NUMBERS.map((name) => (type === "share" ? numeric(name) : undefined));
  const made = {
    id: "", code, value, unit, numerator, denominator, channel: said("channel"),
    finding: { en: said("finding.en"), ar: said("finding.ar") },
    source: { ...Object.fromEntries(["url", "title", "language", "kind"].map((key) => [key, said(`source.${key}`)])),
      published: western(said("source.published")), read: said("source.read") },
    observed: said("observed"), coder: said("coder"), strength: strength(),
  };
  return { ...made, id: agency ? identified(agency.id, made, agency.evidence.map(({ id }) => id)) : undefined };
}

const flag = () => { const text = said("flag"); return text === undefined ? undefined : text === "true"; };
const share = () => { const percent = numeric("percent"); return percent === undefined ? undefined : Number((percent / 100).toFixed(6)); };

/** How strong one reader's evidence is; more takes a second reader and an archived copy. */
function strength() {
  if (/** @type {HTMLInputElement} */ (form.elements.namedItem("own_figure")).checked) return "D";
  return said("source.read") === "full" ? "B" : "C";
}

/** Which questions a code asks. */
function ask() {
  const code = book.codes[said("code") ?? ""];
  one("#finding-values").hidden = !code || code.type === "text";
  one("#finding-definition").hidden = !code;
  if (!code) return;
  one("#finding-definition").textContent = code.definition[language];
  const money = code.type === "number" && !code.unit;
  for (const part of /** @type {HTMLElement[]} */ (all("[data-type]", form))) {
    part.hidden = part.dataset.type !== code.type && !(money && part.dataset.type === "money");
  }
  one("#finding-measure").textContent = code.unit ? book.units[code.unit][language] : "";
  const choice = one('[name="choice"]', form);
  choice.replaceChildren(new Option("–", ""), ...code.choices.map((/** @type {any} */ c) => new Option(c.label[language], c.id)));
}

function update() {
  const made = item();
  const today = new Date().toLocaleDateString("sv"); // the reader's own day as YYYY-MM-DD
  const found = faults(made, book, today);
  if (made.coder === undefined) found.push({ key: "coder", name: "missing", values: { key: "coder" }, found: "" }); // no coder is the founders
  say(one("#finding-strength"), words[`strength_${strength().toLowerCase()}`]);
  for (const place of all("[data-key]", form)) tell(/** @type {HTMLElement} */ (place), found);
  const errors = found.filter((fault) => isError(fault, book));
  state(errors);
  const text = yaml(made), ready = !!agency && !errors.length;
  /** @type {HTMLTextAreaElement} */ (one("#finding-yaml")).value = agency ? text : "";
  offer(text, made, ready);
  weigh(made, ready);
}

/** What is wrong with one field, as a sentence. What nobody has come to yet is not held against them.
 * @param {HTMLElement} place @param {import("./finding-rules.js").Fault[]} found */
function tell(place, found) {
  const key = String(place.dataset.key);
  const mine = found.filter((fault) => (fault.key === key || (fault.key === "finding" && key === `finding.${language}`))
    && (touched.has(key) || !EMPTY.includes(fault.name)));
  say(one(".hw-form__error", place), mine.map((fault) => {
    const { must, mend } = sentence(fault, book, language, words[`must_${fault.name}`]);
    return mend ? `${must} – ${mend}` : must;
  }).join(" · "));
  const wrong = mine.some((fault) => isError(fault, book));
  for (const field of all("input, select, textarea", place)) {
    if (wrong) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
}

/** @param {import("./finding-rules.js").Fault[]} errors */
function state(errors) {
  const missing = errors.filter((fault) => EMPTY.includes(fault.name) && fault.key !== "id");
  const labels = missing.map((fault) => label(fault.key === "finding" ? `finding.${language}` : fault.key));
  const wrong = errors.filter((fault) => !EMPTY.includes(fault.name)).length;
  const told = [
    agency ? "" : words.no_agency,
    labels.length ? fill(words.to_do, { list: [...new Set(labels)].join(" · ") }) : "",
    wrong ? fill(words.wrong, { n: String(wrong) }) : "",
  ].filter(Boolean);
  say(one("#finding-state"), told.length ? told.join(" ") : words.right);
}

/** @param {string} text @param {any} made @param {boolean} ready */
function offer(text, made, ready) {
  const send = /** @type {HTMLAnchorElement} */ (one("#finding-send")), save = /** @type {HTMLAnchorElement} */ (one("#finding-save"));
  send.hidden = save.hidden = !ready;
  one("#finding-path").textContent = ready && agency ? `data/agencies/${agency.folder}/${fileName(made)}` : "";
  if (!ready || !agency) return;
  const value = encodeURIComponent(text), short = value.length < LONGEST;
  send.href = `${form.dataset.new}/${agency.folder}?filename=${encodeURIComponent(fileName(made))}${short ? `&value=${value}` : ""}`;
  save.href = `data:text/yaml;charset=utf-8,${value}`;
  save.download = fileName(made);
  if (!short) say(one("#finding-state"), words.too_long);
}

/** What the finding would do to the scores. @param {any} made @param {boolean} ready */
function weigh(made, ready) {
  const place = one("#finding-effect");
  place.replaceChildren();
  if (!ready || !agency) return;
  const line = (/** @type {string} */ text) => { const row = document.createElement("li"); row.textContent = text; place.append(row); };
  const code = book.codes[made.code];
  if (!code.feeds.length) { line(words.context); return; }
  const before = agency.evidence.filter((row) => row.context_en === null && row.context_ar === null).map(fromApi);
  const mine = { ...made, kind: made.source.kind, published: made.source.published };
  const [was, is] = [before, [...before, mine]].map((items) => observed(items, book, agency?.enquired));
  const [then, now] = [scored(was, book), scored(is, book)];
  const fed = [...new Set(code.feeds.map((/** @type {any} */ feed) => feed.indicator))];
  const above = Object.entries(book.dimensions).filter(([, d]) => d.indicators.some((/** @type {string} */ id) => fed.includes(id)));
  const told = [...fed.map((id) => [id, book.indicators[id].name[language]]), ...above.map(([id, d]) => [id, d.name[language]])];
  if (agency.overall) told.push([book.tree.id, words.overall]);
  for (const [id, name] of told) {
    const values = { name, before: number(then[id]), after: number(now[id]) };
    const kind = Number.isNaN(now[id]) ? "unseen" : Number.isNaN(then[id]) ? "appears" : values.before === values.after ? "stays" : "moves";
    line(fill(words[kind], values));
  }
  if (!fed.some((id) => is[id]?.used.includes(made.id))) line(words.gives_way);
}

/** @param {string} id @param {string} country */
async function choose(id, country) {
  const at = names.id.indexOf(id);
  if (at < 0) return;
  const { evidence, scores } = await fetched(`${form.dataset.agencies}${encodeURIComponent(id)}.json`);
  const own = scores.filter((/** @type {any} */ row) => row.evidence?.includes(`${id}.enquiries`));
  agency = {
    folder: `${country.toLowerCase()}/${id}`, id, evidence,
    enquired: Object.fromEntries(own.map((/** @type {any} */ row) => [row.node, row.value])),
    overall: scores.some((/** @type {any} */ row) => row.node === "overall" && row.rank),
  };
  const strong = document.createElement("strong");
  showName(strong, { en: names.en[at], ar: names.ar[at] }, words.unnamed);
  const [start, end] = words.agency.split("{agency}");
  one("#finding-chosen").replaceChildren(start, strong, end);
  one("#finding-found").replaceChildren();
  update();
}

function look() {
  const asked = fold(/** @type {HTMLInputElement} */ (one("#finding-agency")).value);
  const list = one("#finding-found");
  list.replaceChildren();
  if (asked.length < 2) return;
  const hits = names.id.flatMap((id, at) => (fold(`${names.en[at] ?? ""} ${names.ar[at] ?? ""} ${id}`).includes(asked) ? [at] : []));
  for (const at of hits.slice(0, SHOWN)) {
    const row = document.createElement("li"), button = document.createElement("button");
    button.type = "button";
    button.className = "hw-button hw-button--quiet";
    showName(button, { en: names.en[at], ar: names.ar[at] }, words.unnamed);
    button.addEventListener("click", async () => {
      await choose(names.id[at], names.country[at]);
      one("#finding-code").focus(); // the button is gone
    });
    row.append(button);
    if (new Set(names.country).size > 1) button.append(` – ${countries.of(names.country[at])}`);
    list.append(row);
  }
  if (!hits.length) list.append(words.none_found);
}

async function start() {
  [book, names] = await Promise.all([fetched(String(form.dataset.rules)), fetched(String(form.dataset.names))]);
  const wanted = new URLSearchParams(location.search);
  const set = (/** @type {string} */ name, /** @type {string} */ value) => { /** @type {any} */ (form.elements.namedItem(name)).value = value; };
  set("source.language", language);
  set("observed", new Date().toLocaleDateString("sv"));
  const fits = (/** @type {string} */ code) => code === wanted.get("code")
    || book.codes[code].feeds.some((/** @type {any} */ feed) => feed.indicator === wanted.get("indicator"));
  set("code", book.offered.find(fits) ?? "");
  ask();
  one("#finding-agency").addEventListener("input", look);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => { if (/** @type {any} */ (event.target).name === "code") ask(); update(); });
  form.addEventListener("change", (event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    if (field.inputMode) field.value = String(western(field.value)); // seen as it will be kept
    const place = /** @type {HTMLElement} */ (event.target).closest("[data-key]");
    if (place) touched.add(/** @type {HTMLElement} */ (place).dataset.key);
    update();
  });
  one("#finding-copy").addEventListener("click", async () => {
    const text = /** @type {HTMLTextAreaElement} */ (one("#finding-yaml"));
    text.select();
    await navigator.clipboard?.writeText(text.value);
    one("#finding-state").textContent = words.copied;
  });
  const id = String(wanted.get("agency")?.split("/").at(-1));
  const at = names.id.indexOf(id);
  if (at >= 0) await choose(id, names.country[at]);
  else update();
}

start();
