// @ts-check
/* The reader's own ranking: sliders, the table that follows them, and an address that keeps both. */
import { fold } from "./fold.js";
import { all, drawBar, fetched, keep, number, one, percent, put, share, showName } from "./page.js";
import { carriedErrors, coverage, means, positions } from "./score.js";
import { columns, equal, fromAddress, mostly, shares, toAddress, weighed } from "./weights.js";

const FIRST = 50, SOON = 12; // rows of a table; those that a slow phone shows at once
const root = /** @type {HTMLElement} */ (document.getElementById("own"));
const text = /** @type {Record<string, string>} */ (root.dataset);
const controls = /** @type {HTMLFormElement} */ (one(".hw-own__controls", root));
const filters = /** @type {HTMLFormElement} */ (one(".hw-filters", root));
const body = /** @type {HTMLTableSectionElement} */ (one("tbody", root));
const status = one("#own-status", root);
const more = /** @type {HTMLButtonElement} */ (one("[data-more]", root));
const names = JSON.parse(String(one("[data-names]", root).textContent));
const sliders = /** @type {HTMLInputElement[]} */ (all('.hw-slider input[type="range"]', root));
const least = /** @type {HTMLInputElement} */ (one("#own-least", root));
const published = (/** @type {HTMLInputElement} */ slider) => Number(slider.dataset.published);

/** Lets a slow phone answer in between. */
const later = () => new Promise((done) => { setTimeout(done); });

/** @param {any} data */
async function start(data) {
  const given = columns(data);
  await later();
  const index = data.tree.id;
  const asPublished = means({ ...data.tree, weight: 1 }, given.scores, given.holds)[index];
  await later();
  /** @type {string[] | undefined} */
  let folded;
  const searchable = () => folded ??= data.id.map((/** @type {string} */ _, /** @type {number} */ i) => fold(`${data.en[i] ?? ""} ${data.ar[i] ?? ""}`));
  let shown = FIRST;

  /** @returns {import("./weights.js").Choice} */
  function chosen() {
    const moved = sliders.filter((slider) => +slider.value !== published(slider));
    const mean = /** @type {HTMLInputElement} */ (one('[name="mean"]:checked', controls)).value;
    return {
      weights: new Map(moved.map((slider) => [slider.name, +slider.value])),
      mean: mean === data.tree.aggregation ? null : /** @type {any} */ (mean),
      least: least.value === least.dataset.published ? null : +least.value,
    };
  }

  /** Bring the controls to a choice. @param {import("./weights.js").Choice} choice */
  function set(choice) {
    for (const slider of sliders) slider.value = String(choice.weights.get(slider.name) ?? published(slider));
    for (const radio of /** @type {HTMLInputElement[]} */ (all('[name="mean"]', controls))) {
      radio.checked = radio.value === (choice.mean ?? data.tree.aggregation);
    }
    least.value = String(choice.least ?? least.dataset.published);
  }

  /** @param {ReturnType<typeof chosen>} choice */
  function label(choice) {
    const weight = shares(weighed(data.tree, choice));
    for (const slider of sliders) {
      const holder = /** @type {HTMLElement} */ (slider.parentElement);
      const part = percent(weight.get(slider.name) ?? 0);
      one("output", holder).textContent = part;
      slider.setAttribute("aria-valuetext", part);
      /** @type {HTMLInputElement} */ (one('[type="checkbox"]', holder)).checked = +slider.value > 0;
    }
    one('output[for="own-least"]', controls).textContent = `${least.value}%`;
  }

  /** Everything that follows from a choice, by agency. @param {ReturnType<typeof chosen>} choice */
  function computed(choice) {
    const tree = weighed(data.tree, choice);
    const mean = means(tree, given.scores, given.holds);
    const seen = coverage(tree, given.scores, given.holds, given.applies);
    const enough = seen.map((share) => Number(share >= +least.value / 100 - 1e-9 && share > 0));
    const among = (/** @type {Float64Array} */ scores) => positions(scores.map((x, i) => (enough[i] ? x : NaN)));
    const error = carriedErrors(tree, mean, given.errors, given.holds)[index];
    return { score: mean[index], error, seen, place: among(mean[index]), before: among(asPublished) };
  }

  /** @param {ReturnType<typeof computed>} found */
  function wanted(found) {
    const fields = new FormData(filters);
    const name = fold(String(fields.get("q") ?? ""));
    const fits = (/** @type {number} */ i) => (!name || searchable()[i].includes(name)) &&
      ["country", "group"].every((field) => !fields.get(field) || data[field][i] === fields.get(field));
    const rows = [...found.place.keys()].filter((i) => found.place[i] && fits(i));
    return rows.sort((a, b) => found.place[a] - found.place[b] || (data.id[a] < data.id[b] ? -1 : 1));
  }

  const model = one("tr", /** @type {HTMLTemplateElement} */ (one("template", root)).content);

  /** @param {ReturnType<typeof computed>} found @param {number} i */
  function row(found, i) {
    const made = /** @type {HTMLTableRowElement} */ (model.cloneNode(true));
    const slot = (/** @type {string} */ name) => one(`[data-slot="${name}"]`, made);
    const reach = data.deviations * found.error[i];
    const low = Math.max(data.lowest, found.score[i] - reach), high = Math.min(data.highest, found.score[i] + reach);
    const moved = found.before[i] - found.place[i];
    slot("rank").textContent = String(found.place[i]);
    const link = /** @type {HTMLAnchorElement} */ (slot("name"));
    link.href = `../agencies/${data.id[i]}/`;
    showName(link, { en: data.en[i], ar: data.ar[i] }, text.untranslated);
    slot("country").textContent = names.country[data.country[i]];
    slot("score").textContent = number(found.score[i]);
    slot("interval").textContent = put(text.range, number(low), number(high));
    drawBar(one("svg", made), found.score[i], low, high, data.lowest, data.highest);
    slot("moved").textContent = moved ? put(moved > 0 ? text.up : text.down, Math.abs(moved)) : text.same;
    slot("moved").className = moved ? `hw-moved hw-moved--${moved > 0 ? "up" : "down"}` : "hw-moved";
    slot("coverage").textContent = percent(found.seen[i]);
    return made;
  }

  function draw() {
    const choice = chosen();
    label(choice);
    const found = computed(choice);
    const rows = wanted(found);
    body.replaceChildren(...rows.slice(0, shown).map((i) => row(found, i)));
    more.hidden = rows.length <= shown;
    more.textContent = put(String(more.dataset.text), Math.min(FIRST, rows.length - shown));
    const ranked = found.place.filter((place) => place > 0).length;
    const best = found.seen.reduce((most, x) => Math.max(most, x), 0);
    one("#own-known", root).toggleAttribute("hidden", ranked > 0);
    status.textContent = ranked ? put(text.status, ranked, data.id.length, `${least.value}%`)
      : put(text.empty, `${least.value}%`, percent(best));
    const address = toAddress(choice);
    for (const [field, value] of new FormData(filters)) if (value) address.set(field, String(value));
    keep(address);
  }

  let asked = 0;
  const soon = () => { cancelAnimationFrame(asked); asked = requestAnimationFrame(draw); };
  const again = () => { shown = FIRST; soon(); };

  for (const button of /** @type {HTMLElement[]} */ (all("[data-preset]", root))) {
    const kind = String(button.dataset.preset);
    button.addEventListener(button instanceof HTMLSelectElement ? "change" : "click", () => {
      const first = button instanceof HTMLSelectElement ? button.value : "";
      const weights = kind === "equal" ? equal(data.tree) : kind === "mostly" && first ? mostly(data.tree, first)
        : kind === "only" && first ? fromAddress(new URLSearchParams({ only: first }), data.tree).weights : new Map();
      set({ ...chosen(), weights });
      again();
    });
  }
  for (const box of /** @type {HTMLInputElement[]} */ (all("[data-switch]", root))) {
    box.addEventListener("change", () => {
      const slider = /** @type {HTMLInputElement} */ (one('[type="range"]', /** @type {Element} */ (box.parentElement)));
      slider.value = box.checked ? String(published(slider)) : "0";
      again();
    });
  }
  controls.addEventListener("input", again);
  filters.addEventListener("input", again);
  more.addEventListener("click", () => { shown += FIRST; draw(); });
  share(one("[data-share]", root));

  const address = new URLSearchParams(location.search);
  set(fromAddress(address, data.tree));
  for (const field of ["q", "country", "group"]) {
    const input = /** @type {HTMLInputElement | null} */ (filters.elements.namedItem(field));
    if (input && address.has(field)) input.value = String(address.get(field));
  }
  await later();
  shown = SOON;
  draw();
  controls.inert = false; // a choice made before its numbers were here would be lost
  await later();
  again();
}

/** @type {HTMLDetailsElement} */ (one(".hw-own__weights", root)).open = matchMedia("(min-width: 60.01rem)").matches;
later().then(() => fetched(text.scores)).then(start).catch((error) => {
  status.textContent = text.failed;
  throw error;
});
