// @ts-check
/* From one agency's evidence to its scores: what scoring/instruments and scoring/method make of it, for a form that
   shows what one more finding would do. tests/vectors/observe.json holds both to the same numbers. No element of a
   page is known here. */
import { leaves, means } from "./score.js";

/** @typedef {{ id: string, code: string, value?: any, state?: string, numerator?: number | null, denominator?: number | null,
 *   channel?: string | null, kind: string, published?: string | null, end?: string | null, disputes?: string | null,
 *   strength: string }} Item what counts of an evidence item
 * @typedef {{ item: Item, low: number, high: number, element?: string }} Reading
 * @typedef {{ low: number, high: number, used: Reading[], old: Reading[], unclear: boolean }} Settled
 * @typedef {{ state: string, value: number, low: number, high: number, used: string[], selfReported: boolean }} Observed
 * @typedef {any} Book the method, as data/finding.json tells it */

/** The highest level of a graded indicator. @param {any} indicator */
const top = (indicator) => Math.max(indicator.worst, indicator.best);

/** @param {Reading[]} readings @returns {[number, number]} what all allow; low above high where they contradict */
const common = (readings) => [Math.max(...readings.map((r) => r.low)), Math.min(...readings.map((r) => r.high))];
const agree = (/** @type {Reading[]} */ readings) => { const [low, high] = common(readings); return low <= high; };

/** What one item says about one indicator. @param {Item} item @param {any} code @param {any} feed @param {any} indicator
 * @returns {Reading | null} */
function read(item, code, feed, indicator) {
  const absent = item.state === "documented_absence" || item.value === false;
  if (feed.element !== undefined) return { item, low: absent ? 0 : 1, high: absent ? 0 : 1, element: feed.element };
  if (feed.at_least !== undefined) {
    return { item, low: absent ? 0 : feed.at_least, high: absent ? Math.max(0, feed.at_least - 1) : top(indicator) };
  }
  if (item.state === "documented_absence") return { item, low: indicator.worst, high: indicator.worst };
  const value = valueOf(item, code);
  return value === null ? null : { item, low: value, high: value };
}

/** @param {Item} item @param {any} code @returns {number | null} */
function valueOf(item, code) {
  if (code.type === "choice") return code.choices.find((/** @type {any} */ c) => c.id === item.value)?.level ?? null;
  if (item.numerator != null && item.denominator) return item.numerator / item.denominator;
  return typeof item.value === "number" ? item.value : null;
}

const dated = (/** @type {Reading} */ reading) => reading.item.published || reading.item.end || null;

/** Whether a date is surely earlier: 2023 is earlier than 2024-05, 2024 need not be. @param {string} day @param {string} other */
function earlier(day, other) {
  const exact = Math.min(day.length, other.length);
  return day.slice(0, exact) < other.slice(0, exact);
}

/** The agency's newest own pages, or else the newest of the others; none where no date decides. @param {Reading[]} readings */
function newest(readings) {
  const pages = readings.filter((r) => r.item.kind === "own_page");
  const own = pages.length ? pages : readings;
  const dates = own.map(dated);
  if (dates.includes(null)) return [];
  const last = /** @type {string[]} */ (dates).reduce((a, b) => (b > a ? b : a));
  const found = own.filter((r) => !earlier(String(dated(r)), last));
  return agree(found) ? found : [];
}

/** Readings of one thing: agreeing ones all count; else the newest; else all of them as a range.
 * @param {Reading[]} readings @returns {Settled} */
function settleOne(readings) {
  if (agree(readings)) {
    const [low, high] = common(readings);
    return { low, high, used: readings, old: [], unclear: false };
  }
  const disputing = readings.filter((r) => r.item.disputes), rest = readings.filter((r) => !r.item.disputes);
  if (disputing.length && rest.length) {
    const calm = settleOne(rest);
    const ends = [calm.low, calm.high, ...disputing.flatMap((r) => [r.low, r.high])];
    return { low: Math.min(...ends), high: Math.max(...ends), used: [...calm.used, ...disputing], old: calm.old, unclear: true };
  }
  const last = newest(readings);
  if (last.length) {
    const [low, high] = common(last);
    const counts = (/** @type {Reading} */ r) => last.includes(r) || (r.low === low && r.high === high);
    return { low, high, used: readings.filter(counts), old: readings.filter((r) => !counts(r)), unclear: false };
  }
  const low = Math.min(...readings.map((r) => r.low)), high = Math.max(...readings.map((r) => r.high));
  return { low, high, used: readings, old: [], unclear: true };
}

/** @param {any} indicator @param {Reading[]} readings @returns {Settled} */
function settle(indicator, readings) {
  const whole = readings.filter((r) => r.element === undefined);
  const elements = [...new Set(readings.filter((r) => r.element !== undefined).map((r) => r.element))]
    .map((element) => settleOne(readings.filter((r) => r.element === element)));
  if (!elements.length) return settleOne(whole);
  const sum = (/** @type {"low" | "high"} */ end) => elements.reduce((all, one) => all + one[end], 0);
  const counted = {
    low: sum("low"), high: Math.min(top(indicator), sum("high") + indicator.elements - elements.length),
    used: elements.flatMap((one) => one.used), old: elements.flatMap((one) => one.old), unclear: elements.some((one) => one.unclear),
  };
  if (!whole.length) return counted;
  const level = settleOne(whole);
  let low = Math.max(level.low, counted.low), high = Math.min(level.high, counted.high);
  const fits = low <= high;
  if (!fits) [low, high] = [Math.min(level.low, counted.low), Math.max(level.high, counted.high)];
  return {
    low, high, used: [...level.used, ...counted.used], old: [...level.old, ...counted.old],
    unclear: level.unclear || counted.unclear || !fits,
  };
}

/** Every observation that an agency's items support; what its own test enquiries say goes before any report.
 * @param {Item[]} items that are scored: none with a context @param {Book} book
 * @param {Record<string, number>} [enquired] indicator → value that was measured by test enquiries
 * @returns {Record<string, Observed>} */
export function observed(items, book, enquired = {}) {
  const shared = new Set(book.shared.map((/** @type {string[]} */ pair) => pair.join("\n")));
  const social = new Set(book.social);
  /** @type {Record<string, Reading[]>} */
  const readings = {};
  /** @type {Record<string, Observed>} */
  const rows = {};
  const feedsOf = (/** @type {Item} */ item) => book.codes[item.code].feeds
    .filter((/** @type {any} */ feed) => !feed.social_only || item.channel == null || social.has(item.channel));
  for (const item of items) {
    for (const feed of item.state === "not_applicable" ? [] : feedsOf(item)) {
      if (item.value === false && shared.has(`${feed.indicator}\n${feed.element}`)) continue; // another code may still show it
      const reading = read(item, book.codes[item.code], feed, book.indicators[feed.indicator]);
      if (reading) (readings[feed.indicator] ??= []).push(reading);
    }
  }
  for (const [id, found] of Object.entries(readings)) rows[id] = observation(book.indicators[id], found);
  for (const item of items) {
    for (const feed of item.state === "not_applicable" ? feedsOf(item) : []) rows[feed.indicator] = notApplicable();
  }
  for (const [id, value] of Object.entries(enquired)) {
    rows[id] = { state: "observed", value, low: value, high: value, used: [], selfReported: false };
  }
  for (const [id, { gate }] of Object.entries(book.indicators)) {
    if (gate && rows[gate[0]] && rows[gate[0]].high < gate[1]) rows[id] = notApplicable();
  }
  return rows;
}

/** @param {any} indicator @param {Reading[]} readings @returns {Observed} */
function observation(indicator, readings) {
  const { low, high, used } = settle(indicator, readings);
  return {
    state: "observed", value: (low + high) / 2, low, high, used: [...new Set(used.map((r) => r.item.id))],
    selfReported: used.every((r) => r.item.strength === "D"),
  };
}

/** @returns {Observed} */
const notApplicable = () => ({ state: "not_applicable", value: NaN, low: NaN, high: NaN, used: [], selfReported: false });

/** Linear between the goalposts, clipped at them (UNDP 2010). @param {number} x @param {any} indicator @param {Book} book */
function normalised(x, { worst, best, scale }, book) {
  const of = scale === "log" ? Math.log : (/** @type {number} */ y) => y;
  const at = scale === "log" ? Math.max(x, Math.min(worst, best)) : x;
  const share = (of(at) - of(worst)) / (of(best) - of(worst));
  return book.lowest + (book.highest - book.lowest) * Math.min(1, Math.max(0, share));
}

/** Weight of each indicator within a part, the whole being `factor`. @param {any} part @returns {Record<string, number>} */
function within(part, factor = 1) {
  if (!part.children) return { [part.id]: factor };
  const total = part.children.reduce((/** @type {number} */ sum, /** @type {any} */ child) => sum + child.weight, 0);
  return Object.assign({}, ...part.children.map((/** @type {any} */ child) => within(child, (factor * child.weight) / total)));
}

/** Scores at every indicator and node; NaN where nothing was observed. Self-reported evidence carries at most the cap of
 * its dimension. @param {Record<string, Observed>} rows @param {Book} book @returns {Record<string, number>} */
export function scored(rows, book) {
  const scores = /** @type {Record<string, Float64Array>} */ ({}), holds = /** @type {Record<string, Float64Array>} */ ({});
  for (const { id } of leaves(book.tree)) {
    const row = rows[id];
    scores[id] = Float64Array.of(row && !Number.isNaN(row.value) ? normalised(row.value, book.indicators[id], book) : NaN);
    holds[id] = Float64Array.of(row?.state === "not_applicable" ? 0 : 1);
  }
  for (const dimension of book.tree.children) {
    const weights = Object.entries(within(dimension));
    const sum = (/** @type {(id: string) => boolean} */ counts) => weights.reduce(
      (all, [id, weight]) => all + (counts(id) ? weight * holds[id][0] : 0), 0);
    const told = (/** @type {string} */ id) => rows[id]?.state === "observed" && rows[id].selfReported;
    const carried = sum(told);
    const share = carried > 0 ? Math.min(1, (book.cap * sum(() => true)) / carried) : 1;
    for (const [id] of weights) if (told(id)) holds[id][0] *= share;
  }
  const found = means({ ...book.tree, weight: 1 }, scores, holds);
  return Object.fromEntries(Object.entries(found).map(([id, column]) => [id, column[0]]));
}

/** An evidence item of the API as it counts. @param {any} row @returns {Item} */
export const fromApi = (row) => ({ ...row, kind: row.source_kind, published: row.source_published, end: row.period_end });
