// @ts-check
/* A league's table: filter, sort, choose columns, shade whom an agency cannot be told apart from. The rows come once, when
   first asked for; what is chosen stands in the address. Without this the table is there page by page. */
import { all, drawBar, fetched, keep, language, number, one, put, showName } from "./page.js";
import { alike, chosen, folded } from "./rows.js";

const STEP = 50;
const FIELDS = ["country", "level", "sector", "group"];

/** @param {HTMLFormElement} form */
export function ranking(form) {
  const table = /** @type {HTMLTableElement} */ (document.getElementById(String(form.dataset.ranking)));
  const body = table.tBodies[0];
  const still = [...body.rows]; // the page's own rows, to come back to
  const model = still[0];
  const text = /** @type {Record<string, string>} */ (table.dataset);
  const names = JSON.parse(String(one("[data-names]").textContent));
  const more = /** @type {HTMLButtonElement} */ (one("[data-more]"));
  const pager = document.querySelector(".hw-pager");
  const shading = /** @type {HTMLElement} */ (one(".hw-like"));
  const output = one("output", form);
  const heads = /** @type {HTMLTableCellElement[]} */ (all("thead th[data-key]", table));
  const root = String(model.querySelector("a")?.getAttribute("href")).replace(/agencies\/[^/]*\/$/, "");
  let sort = "", down = false, like = "", shown = STEP;

  /** @type {Promise<{ rows: import("./rows.js").Rows, found: string[] }> | undefined} */
  let coming;
  const rowsOnce = () => coming ??= fetched(String(form.dataset.rows)).then((rows) => ({ rows, found: folded(rows) }));

  const field = (/** @type {string} */ name) => /** @type {HTMLInputElement | HTMLSelectElement | null} */ (form.elements.namedItem(name));
  const fields = () => Object.fromEntries(FIELDS.map((name) => [name, field(name)?.value ?? ""]));
  const columnsOff = () => /** @type {HTMLInputElement[]} */ (all('[name="column"]', form)).filter((box) => !box.checked).map((box) => box.value);

  function state() {
    const address = new URLSearchParams();
    const wished = { q: field("q")?.value.trim() ?? "", ...fields(), sort, down: down ? "1" : "", hide: columnsOff().join(","), like };
    for (const [name, value] of Object.entries(wished)) if (value) address.set(name, value);
    return address;
  }

  /** @param {import("./rows.js").Rows} rows @param {number} i */
  function row(rows, i) {
    const made = /** @type {HTMLTableRowElement} */ (model.cloneNode(true));
    const slot = (/** @type {string} */ name) => one(`[data-slot="${name}"]`, made);
    const [scoreBar, placeBar] = all("svg", made);
    const link = /** @type {HTMLAnchorElement} */ (slot("name"));
    made.className = "";
    slot("rank").textContent = String(rows.rank[i]);
    slot("tied").toggleAttribute("hidden", !rows.tied[i]);
    link.setAttribute("href", `${root}agencies/${rows.id[i]}/`);
    showName(link, { en: rows.en[i], ar: rows.ar[i] }, text.untranslated);
    slot("country").textContent = names.country[rows.country[i]];
    slot("score").textContent = number(rows.score[i]);
    slot("interval").textContent = put(text.range, number(rows.low[i]), number(rows.high[i]));
    drawBar(scoreBar, rows.score[i], rows.low[i], rows.high[i], +text.lowest, +text.highest);
    slot("places").textContent = put(text.range, number(rows.rank_low[i], 0), number(rows.rank_high[i], 0));
    drawBar(placeBar, rows.rank[i], rows.rank_low[i], rows.rank_high[i], 1, Math.max(rows.id.length, 2));
    slot("tier").textContent = String(rows.tier[i]);
    slot("alike").textContent = number(rows.alike[i], 0);
    slot("coverage").textContent = `${rows.coverage[i]}%`;
    slot("group").textContent = names.group[rows.group[i]];
    slot("group").setAttribute("href", `${root}groups/${rows.group[i]}/`);
    slot("peers").textContent = rows.peer_of[i] ? put(text.of, number(rows.peer_rank[i], 0), number(rows.peer_of[i], 0)) : "";
    return made;
  }

  /** Make the count of those that an agency cannot be told apart from a button that shades them.
   * @param {HTMLTableRowElement} one_ @param {string} id */
  function shadeable(one_, id) {
    const cell = one('[data-slot="alike"]', one_);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "hw-alike";
    button.textContent = cell.textContent;
    button.setAttribute("aria-label", put(text.like, String(one('[data-slot="name"]', one_).textContent), String(cell.textContent)));
    button.setAttribute("aria-pressed", String(id === like));
    button.addEventListener("click", () => { like = id === like ? "" : id; draw(); });
    cell.replaceChildren(button);
  }

  const idOf = (/** @type {HTMLTableRowElement} */ one_) => String(one('[data-slot="name"]', one_).getAttribute("href")).split("/").at(-2) ?? "";

  /** @param {import("./rows.js").Rows} rows */
  function shade(rows) {
    const found = like ? alike(rows, like) : null;
    for (const one_ of body.rows) {
      const place = Number(one('[data-slot="rank"]', one_).textContent);
      one_.classList.toggle("hw-shaded", Boolean(found && place >= found.low && place <= found.high));
      const button = one_.querySelector(".hw-alike");
      button?.setAttribute("aria-pressed", String(idOf(one_) === like));
    }
    shading.hidden = !found;
    if (!found) return;
    const name = rows[language]?.[found.at] ?? rows.en[found.at] ?? rows.ar[found.at];
    one("span", shading).textContent = put(String(shading.dataset.text), name, found.low, found.high);
  }

  async function draw() {
    const { rows, found } = await rowsOnce();
    const wish = { q: field("q")?.value ?? "", fields: fields(), sort, down };
    const fit = chosen(rows, found, wish, language);
    const plain = !wish.q.trim() && !sort && FIELDS.every((name) => !wish.fields[name]);
    const made = plain ? still : fit.slice(0, shown).map((i) => row(rows, i));
    if (!plain) made.forEach((one_, at) => shadeable(one_, rows.id[fit[at]]));
    body.replaceChildren(...made);
    pager?.toggleAttribute("hidden", !plain);
    more.hidden = plain || fit.length <= shown;
    more.textContent = put(String(more.dataset.text), Math.min(STEP, fit.length - shown));
    output.textContent = put(String(output.dataset.text), number(fit.length, 0), number(rows.id.length, 0));
    shade(rows);
    keep(state());
  }

  /** @param {HTMLTableCellElement} head */
  function sortBy(head) {
    const key = String(head.dataset.key);
    down = sort === key ? !down : false;
    sort = key;
    for (const other of heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    draw();
  }

  function columns() {
    const off = new Set(columnsOff());
    for (const cell of /** @type {HTMLElement[]} */ (all("[data-column]", one("thead", table)))) {
      table.classList.toggle(`hw-without-${cell.dataset.column}`, off.has(String(cell.dataset.column)));
    }
  }

  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "hw-sort";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sortBy(head));
    head.append(button);
  }
  for (const one_ of still) shadeable(one_, idOf(one_));
  form.addEventListener("focusin", () => { rowsOnce(); }, { once: true });
  form.addEventListener("input", (event) => {
    if (/** @type {HTMLInputElement} */ (event.target).name === "column") { columns(); keep(state()); return; }
    shown = STEP;
    draw();
  });
  more.addEventListener("click", () => { shown += STEP; draw(); });
  one("button", shading).addEventListener("click", () => { like = ""; draw(); });

  const asked = new URLSearchParams(location.search);
  for (const name of ["q", ...FIELDS]) {
    const input = field(name);
    if (input && asked.has(name)) input.value = String(asked.get(name));
  }
  const off = (asked.get("hide") ?? "").split(",");
  for (const box of /** @type {HTMLInputElement[]} */ (all('[name="column"]', form))) box.checked = !off.includes(box.value);
  [sort, down, like] = [asked.get("sort") ?? "", asked.get("down") === "1", asked.get("like") ?? ""];
  heads.find((head) => head.dataset.key === sort)?.setAttribute("aria-sort", down ? "descending" : "ascending");
  columns();
  if (["q", ...FIELDS, "sort", "like"].some((name) => asked.get(name))) draw();
}

for (const form of /** @type {HTMLFormElement[]} */ (all("form[data-ranking]"))) ranking(form);
