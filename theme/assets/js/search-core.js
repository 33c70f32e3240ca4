// @ts-check
/* Looking words up in the index of scoring/search.py: which terms are meant, and which documents fit best. No element
   of a page is known here, and files come from whoever is asked for them. */
import { tokens } from "./fold.js";

/** @typedef {{ folder: string, documents: number, block: number, shards: Record<"v" | "r" | "p", string[]> }} About */
/** @typedef {{ address: string, kind: string, title: string, place: string }} Shown */
/** @typedef {{ weights: Map<number, number>, common: boolean }} Posted */
/** @typedef {{ total: number, whole: boolean, terms: Set<string>, shown: Shown[] }} Found */
/** @typedef {(name: string) => Promise<string>} Read gives the text of one of the index's files */

const FEWEST = 4; // letters from which a word may be mistyped
const FEWEST_ARABIC = 3; // of an Arabic one without its article, where nothing else was found
const COMPLETIONS = 24; // of a word begun, at most
const FILES = 8; // of one kind that a word may take, at most
const BEGUN = 0.8, MISTYPED = 0.5; // what such a match counts beside a whole word
const ARABIC = /^[\u0600-\u06ff]/;
const ARTICLE = /^(?:[وبكف]?ال|لل)(?=.)/; // of a word still being typed, too short to lose it in `tokens`

/** Whether one letter more, less or other, or two changed over, make one word the other.
 * @param {string} a @param {string} b */
export function near(a, b) {
  if (Math.abs(a.length - b.length) > 1 || a === b) return a === b;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  if (a.length !== b.length) {
    const [long, short] = a.length > b.length ? [a, b] : [b, a];
    return long.slice(at + 1) === short.slice(at);
  }
  if (a.slice(at + 1) === b.slice(at + 1)) return true;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

/** The lines of a file with the terms written out. @param {string} text @returns {[string, string][]} */
export function lines(text) {
  let before = "";
  return text.split("\n").map((line) => {
    const tab = line.indexOf("\t");
    const end = tab < 0 ? line.length : tab;
    before = before.slice(0, parseInt(line[0], 36)) + line.slice(1, end);
    return [before, line.slice(end + 1)];
  });
}

/** Document → weight, from a term's line. @param {string} line @returns {Posted} */
export function posted(line) {
  const common = line.startsWith("!");
  const weights = new Map();
  for (const group of line.slice(Number(common)).split(";").filter(Boolean)) {
    let number = 0;
    for (const gap of group.slice(1).split(" ")) {
      number += parseInt(gap, 36);
      weights.set(number, Number(group[0]));
    }
  }
  return { weights, common };
}

/** Numbers of the files in which terms with a beginning may stand. @param {string[]} firsts @param {string} start */
export function within(firsts, start) {
  const last = firsts.findIndex((first) => first > start && !first.startsWith(start));
  const end = last < 0 ? firsts.length : last;
  let from = end - 1;
  while (from > 0 && firsts[from] > start) from -= 1;
  return firsts.slice(0, end).map((_, at) => at).slice(Math.max(0, from)).slice(0, FILES);
}

/** @param {string} word */
const backwards = (word) => [...word].reverse().join("");

/** Documents in order, the best first, and whether they hold every word. @param {Posted[]} words what each word of a
 * query was found in @param {number} documents how many there are @returns {{ order: number[], whole: boolean }} */
export function ranked(words, documents) {
  /** @type {Map<number, [number, number]>} */
  const sums = new Map();
  for (const { weights, common } of words) {
    const rarity = Math.log(1 + documents / Math.max(1, weights.size));
    for (const [number, weight] of weights) {
      const [count, score] = sums.get(number) ?? [0, 0];
      sums.set(number, [count + Number(!common), score + rarity * weight]);
    }
  }
  const most = [...sums.values()].reduce((best, [count]) => Math.max(best, count), 0);
  const called = words.filter((word) => !word.common).length;
  if (most < called / 2) return { order: [], whole: false }; // so few words say nothing of what was meant
  const fits = [...sums].filter(([, [count]]) => count === most);
  fits.sort(([a, [, x]], [b, [, y]]) => y - x || a - b);
  return { order: fits.map(([number]) => number), whole: most === called };
}

/** An index to ask. @param {Read} read @returns {Promise<{ find: (query: string, most?: number) => Promise<Found> }>} */
export async function open(read) {
  /** @type {About} */
  const about = JSON.parse(await read("index.json"));
  /** @type {Map<string, Promise<any>>} */
  const kept = new Map();

  /** @template T @param {string} name @param {(text: string) => T} parse @returns {Promise<T>} */
  function file(name, parse) {
    const found = kept.get(name) ?? read(`${about.folder}/${name}`).then(parse);
    kept.set(name, found);
    found.catch(() => kept.delete(name)); // what failed may be asked for again
    return found;
  }

  /** Terms with a beginning. @param {"v" | "r"} kind @param {string} start @returns {Promise<string[]>} */
  async function starting(kind, start) {
    const shards = within(about.shards[kind], start).map((at) => file(`${kind}${at}.txt`, lines));
    return (await Promise.all(shards)).flat().map(([term]) => term).filter((term) => term.startsWith(start));
  }

  /** Terms one letter away: such a slip leaves the word's beginning or its end as it was. It may lie in an article, which
   * is then still on the word. @param {string} word */
  async function mistyped(word) {
    const half = Math.floor((word.length - 1) / 2);
    const [ahead, behind] = await Promise.all([
      starting("v", word.slice(0, half)),
      starting("r", backwards(word).slice(0, half)),
    ]);
    const article = ARABIC.test(word);
    const terms = [...new Set([...ahead, ...behind.map(backwards)])];
    return terms.filter((term) => near(word, term) || (article && near(word, `ال${term}`)));
  }

  /** Terms that a word may mean, each with what it then counts. @param {string} word
   * @param {boolean} doubted whether it may be mistyped though it is a word @returns {Promise<Map<string, number>>} */
  async function meant(word, doubted) {
    const bare = word.replace(ARTICLE, "");
    const begun = (await Promise.all([...new Set([word, bare])].map((start) => starting("v", start)))).flat();
    begun.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
    const terms = new Map(begun.slice(0, COMPLETIONS).map((term) => [term, BEGUN * Math.min(1, word.length / term.length)]));
    const stands = terms.has(word);
    const fewest = doubted && ARABIC.test(word) ? FEWEST_ARABIC : FEWEST;
    if (word.length >= fewest && (doubted || !stands)) {
      for (const term of await mistyped(word)) terms.set(term, Math.max(MISTYPED, terms.get(term) ?? 0));
    }
    return stands ? terms.set(word, 1) : terms;
  }

  /** What a term was found in. @param {string} term @returns {Promise<Posted>} */
  async function posts(term) {
    const at = about.shards.p.findLastIndex((first) => first <= term);
    const shard = await file(`p${at}.txt`, (text) => new Map(lines(text)));
    return posted(shard.get(term) ?? "");
  }

  /** What a word was found in, by the best of the terms that it may mean. @param {string} word @param {boolean} doubted */
  async function looked(word, doubted) {
    const terms = [...await meant(word, doubted)];
    const found = await Promise.all(terms.map(([term]) => posts(term)));
    const weights = new Map();
    found.forEach((one, at) => {
      for (const [number, weight] of one.weights) {
        weights.set(number, Math.max(weights.get(number) ?? 0, weight * terms[at][1]));
      }
    });
    return { weights, common: found.some((one, at) => one.common && terms[at][0] === word), terms };
  }

  /** @param {number} number @returns {Promise<Shown>} */
  async function document(number) {
    const block = await file(`d${Math.floor(number / about.block)}.json`, JSON.parse);
    const [address, kind, title, place] = block[number % about.block];
    return { address, kind, title, place };
  }

  /** @param {string[]} words @param {boolean} doubted */
  async function fitting(words, doubted) {
    const found = await Promise.all(words.map((word) => looked(word, doubted)));
    return { ...ranked(found, about.documents), terms: new Set(found.flatMap(({ terms }) => terms.map(([term]) => term))) };
  }

  /** The best documents for a query, how many there are, and the terms they were found by. Where none has every word, a
   * word may be a slip for another although it stands somewhere. @param {string} query */
  async function find(query, most = 10) {
    const words = [...new Set(tokens(query))].slice(0, 12);
    const first = await fitting(words, false);
    const second = first.whole ? first : await fitting(words, true);
    const { order, whole, terms } = second.whole ? second : first;
    return { total: order.length, whole, terms, shown: await Promise.all(order.slice(0, most).map(document)) };
  }

  return { find };
}
