// @ts-check
/* A league's rows by column: which fit a wish, and in which order. No element of a page is known here. */
import { fold } from "./fold.js";

/** @typedef {Record<string, any[]>} Rows columns of equal length, in the order of positions */
/** @typedef {{ q: string, fields: Record<string, string>, sort: string, down: boolean }} Wish */

/** What the rows are found by, made once. @param {Rows} rows @returns {string[]} */
export const folded = (rows) => rows.id.map((_, i) => fold(`${rows.en[i] ?? ""} ${rows.ar[i] ?? ""}`));

/** The rows that fit, as indices, in the order asked for. @param {Rows} rows @param {string[]} found as of `folded`
 * @param {Wish} wish @param {"ar" | "en"} language @returns {number[]} */
export function chosen(rows, found, wish, language) {
  const name = fold(wish.q);
  const fields = Object.entries(wish.fields).filter(([, value]) => value);
  const fits = rows.id.map((_, i) => i)
    .filter((i) => (!name || found[i].includes(name)) && fields.every(([field, value]) => rows[field][i] === value));
  const order = ordering(rows, wish.sort, language);
  if (order) fits.sort((a, b) => order(a, b) || a - b);
  return wish.down ? fits.reverse() : fits;
}

/** @param {Rows} rows @param {string} key @param {"ar" | "en"} language
 * @returns {((a: number, b: number) => number) | null} */
function ordering(rows, key, language) {
  if (!key || key === "rank") return null; // they come by position
  if (key === "score") return (a, b) => b - a; // unrounded scores are what positions go by
  if (key !== "name" && key !== "group") return key in rows ? (a, b) => rows[key][a] - rows[key][b] : null;
  const label = key === "group" ? rows.group : rows.id.map((_, i) => rows[language]?.[i] ?? rows.en[i] ?? rows.ar[i]);
  const collator = new Intl.Collator(language, { numeric: true });
  const texts = [...new Set(label)].sort(collator.compare);
  const place = new Map(texts.map((text, at) => [text, at]));
  return (a, b) => Number(place.get(label[a])) - Number(place.get(label[b]));
}

/** Which rows stand where an agency could: their positions lie within its confidence set.
 * @param {Rows} rows @param {string} id @returns {{ low: number, high: number, at: number } | null} */
export function alike(rows, id) {
  const at = rows.id.indexOf(id);
  return at < 0 ? null : { low: rows.set_best[at], high: rows.set_worst[at], at };
}
