// @ts-check
/* Which words of a result are those that were looked for: whole words only, since Arabic letters join. */
import { tokens } from "./fold.js";

const WORD = /(?:[\p{L}\p{N}\p{M}\u0640'’ʼ]|[,٬](?=\p{N}))+/gu;

/** A text in pieces, each with whether it is one of the terms. @param {string} text @param {Set<string>} terms
 * @returns {[string, boolean][]} */
export function pieces(text, terms) {
  /** @type {[string, boolean][]} */
  const made = [];
  let at = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (!tokens(word).some((token) => terms.has(token))) continue;
    if (index > at) made.push([text.slice(at, index), false]);
    made.push([word, true]);
    at = index + word.length;
  }
  if (at < text.length) made.push([text.slice(at), false]);
  return made;
}
