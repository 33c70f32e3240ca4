// @ts-check
/* How words are compared, the same as in scoring/search.py: tests/vectors/search.json holds both to it. */

const MARKS = /[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640\u06d6-\u06ed\u0621'’ʼʻʿʾ`\u00ad\u200b-\u200f]/g;
/** @type {Record<string, string>} */
const LETTERS = {
  أ: "ا", إ: "ا", آ: "ا", ٱ: "ا", ى: "ي", ة: "ه", ؤ: "و", ئ: "ي", ک: "ك", ی: "ي",
  ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i",
};
const ARTICLE = /^(?:[وبكف]?ال|لل)(?=.{2})/;
const SMALL = new Set(("a an and as at by for from in is of on or that the to with "
  + "في من الي عن ان او ما هل مع هذا هذه ذلك التي الذي كل لا و").split(" "));

/** Spellings that a reader types one way and a page another, made alike. @param {string} text */
export const fold = (text) => text.trim().normalize("NFKD").toLowerCase().replace(MARKS, "")
  .replace(/[أإآٱىةؤئکیßæœøłđðþı]/g, (letter) => LETTERS[letter])
  .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15))
  .replace(/([0-9])[,٬](?=[0-9])/g, "$1");

/** The words of a text as they are looked up: folded, without article, small words left out where others stand.
 * @param {string} text @returns {string[]} */
export function tokens(text) {
  const found = fold(text).replace(/[\u{10000}-\u{10ffff}]/gu, " ").match(/[\p{L}\p{N}]+/gu) ?? [];
  const words = found.map((word) => word.replace(ARTICLE, ""));
  const telling = words.filter((word) => !SMALL.has(word));
  return telling.length ? telling : words;
}
