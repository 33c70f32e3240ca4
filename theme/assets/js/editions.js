// @ts-check
/* A slider over editions: each edition's ranking with what changed since the one before; the address keeps the choice. */
import { all, drawBar, fetched, keep, language, number, one, put, showName } from "./page.js";

const STEP = 50;
const CAUSES = ["evidence", "ageing", "method"];
const form = /** @type {HTMLFormElement | null} */ (document.querySelector("#time"));

/** A change in points with its sign before it. @param {number | null} value */
function signed(value) {
  if (value === null) return "–";
  const mark = language === "ar" ? "\u200e" : "";
  return value === 0 ? number(0) : `${mark}${value > 0 ? "+" : "−"}${number(Math.abs(value))}`;
}

/** @param {HTMLFormElement} controls @param {any} data */
function start(controls, data) {
  const text = /** @type {Record<string, string>} */ (controls.dataset);
  const slider = /** @type {HTMLInputElement} */ (one("#time-slider", controls));
  const league = /** @type {HTMLSelectElement} */ (one('[name="league"]', controls));
  const table = /** @type {HTMLTableElement} */ (one("#edition-table"));
  const body = table.tBodies[0];
  const model = body.rows[0];
  const more = /** @type {HTMLButtonElement} */ (one("[data-more]"));
  const ids = data.editions.map((/** @type {any} */ edition) => edition.id);
  const initial = { edition: slider.value, league: league.value };
  let shown = STEP;

  /** @param {any} rows @param {number} i */
  function row(rows, i) {
    const made = /** @type {HTMLTableRowElement} */ (model.cloneNode(true));
    const slot = (/** @type {string} */ name) => one(`[data-slot="${name}"]`, made);
    const link = /** @type {HTMLAnchorElement} */ (slot("name"));
    const moved = rows.moved[i];
    slot("rank").textContent = String(rows.rank[i]);
    if (rows.linked[i]) link.setAttribute("href", `../agencies/${rows.id[i]}/`);
    else link.removeAttribute("href"); // it is no longer among the agencies
    showName(link, { en: rows.en[i], ar: rows.ar[i] }, text.untranslated);
    slot("score").textContent = number(rows.score[i]);
    slot("interval").textContent = put(text.range, number(rows.low[i]), number(rows.high[i]));
    drawBar(one("svg", made), rows.score[i], rows.low[i], rows.high[i], +text.lowest, +text.highest);
    slot("moved").textContent = +slider.value === 0 ? "" : moved === null ? text.new
      : moved ? put(moved > 0 ? text.up : text.down, Math.abs(moved)) : text.same;
    for (const cause of CAUSES) slot(cause).textContent = signed(rows[cause][i]);
    return made;
  }

  function draw() {
    const edition = data.editions[+slider.value];
    const rows = edition.leagues[league.value];
    const size = rows ? rows.id.length : 0;
    one("output bdi", controls).textContent = edition.id;
    slider.setAttribute("aria-valuetext", edition.id);
    if (rows) body.replaceChildren(...rows.id.slice(0, shown).map((/** @type {string} */ _, /** @type {number} */ i) => row(rows, i)));
    else {
      const empty = document.createElement("tr");
      const cell = empty.insertCell();
      cell.colSpan = 7;
      cell.textContent = put(text.empty, String(league.selectedOptions[0].textContent));
      body.replaceChildren(empty);
    }
    more.hidden = size <= shown;
    more.textContent = put(String(more.dataset.text), Math.min(STEP, size - shown));
    const address = new URLSearchParams();
    if (slider.value !== initial.edition) address.set("edition", edition.id);
    if (league.value !== initial.league) address.set("league", league.value);
    keep(address);
  }

  const asked = new URLSearchParams(location.search);
  const at = ids.indexOf(asked.get("edition"));
  if (at >= 0) slider.value = String(at);
  const wanted = asked.get("league");
  if (wanted && all("option", league).some((option) => /** @type {HTMLOptionElement} */ (option).value === wanted)) league.value = wanted;
  controls.addEventListener("input", () => { shown = STEP; draw(); });
  more.addEventListener("click", () => { shown += STEP; draw(); });
  draw();
}

if (form) fetched(String(form.dataset.editions)).then((data) => start(form, data));
