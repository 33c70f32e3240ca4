// @ts-check
/* A finding as an item of a data file: its id, its file's name, its YAML. No element of a page is known here. */

const LONGEST_ID = 80;
const HEADING = "# yaml-language-server: $schema=../../../../schema/evidence.json\n";
const PLAIN = /^\d{4}(-\d{2}(-\d{2})?)?$/; // dates, as exact as they are known

/** What a person typed, as the file holds it: composed, in one line, nothing for nothing. @param {unknown} text */
export const tidy = (text) => String(text ?? "").normalize("NFC").replace(/[ \t\r\n]+/g, " ").trim() || undefined;

/** Digits as the files hold them: ٢٠٢٦ is 2026. @template {string | undefined} T @param {T} text @returns {T} */
export const western = (text) => /** @type {T} */ (text?.replace(/[٠-٩۰-۹]/g, (digit) => String(Number(digit.codePointAt(0)) & 15)));

/** A number as a person writes it, in Arabic or European digits; NaN for anything else. @param {string} text */
export function numberOf(text) {
  const plain = western(text).replace("٫", ".");
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : NaN;
}

/** An id by the conventions that stand: agency, month, what it is; with a number where that is taken. A long agency's id
 * is cut so that the whole stays within its limit. @param {string} agency @param {{ observed?: string, code?: string }} item
 * @param {string[]} taken */
export function identified(agency, { observed = "", code = "" }, taken) {
  const rest = `-${observed.slice(0, 7)}.${code}`;
  const stem = agency.slice(0, LONGEST_ID - rest.length - 4).replace(/[-_.]+$/, "") + rest;
  let id = stem;
  for (let number = 2; taken.includes(id); number++) id = `${stem}-${number}`;
  return id;
}

/** The name of a file of one's own, so that two people who add evidence on one day do not meet: the day, the reader, and
 * what the id ends with, which has a number where such evidence stands already. @param {any} item */
export const fileName = (item) => `evidence-${[item.observed, item.coder ?? "reader", item.id?.split(".").pop() ?? item.code].filter(Boolean).join("-")}.yml`;

/** The file that holds this one item. @param {any} item */
export const yaml = (item) => `${HEADING}- ${lines(item).join("\n  ")}\n`;

/** @param {Record<string, any>} values @returns {string[]} */
function lines(values) {
  return Object.entries(values).filter(([, value]) => value !== undefined).flatMap(([key, value]) =>
    typeof value === "object" ? [`${key}:`, ...lines(value).map((line) => `  ${line}`)] : [`${key}: ${scalar(value)}`]);
}

/** Text in double quotes, so that nothing in it is taken for YAML. @param {string | number | boolean} value */
const scalar = (value) => typeof value !== "string" || PLAIN.test(value) ? String(value) : `"${value.replace(/[\\"]/g, "\\$&")}"`;
