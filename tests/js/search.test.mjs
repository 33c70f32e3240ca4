// @ts-check
/* The browser's words are the index's words, and what is asked finds what is meant. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { tokens } from "../../theme/assets/js/fold.js";
import { pieces } from "../../theme/assets/js/marked.js";
import { lines, near, open, posted, ranked, within } from "../../theme/assets/js/search-core.js";

/** @param {string} name */
const vectors = (name) => JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), "utf8"));
const given = vectors("search");
const files = vectors("search_index");

/** An index whose files are counted. @param {string[]} asked */
const opened = (asked = []) => open(async (name) => {
  asked.push(name);
  if (!(name in files)) throw new Error(`no ${name}`);
  return files[name];
});

test("a text has the same words as in the index", () => {
  for (const [text, words] of given.tokens) assert.deepEqual(tokens(text), words, text);
});

test("one slip is near, two are not, either way round", () => {
  for (const [a, b, is] of given.near) assert.deepEqual([near(a, b), near(b, a)], [is, is], `${a} ${b}`);
});

test("queries find what is meant first", async () => {
  const index = await opened();
  for (const [query, address] of given.queries) {
    const found = await index.find(query);
    assert.equal(found.shown[0]?.address ?? null, address, query);
  }
});

test("what has only most of the words says so", async () => {
  const index = await opened();
  assert.equal((await index.find("heritage board")).whole, true);
  assert.equal((await index.find("heritage nonsense")).whole, false);
});

test("a text's words that were looked for are marked, and nothing of it is lost", () => {
  for (const [text, terms, wanted] of given.marked) assert.deepEqual(pieces(text, new Set(terms)), wanted, text);
});

test("what was found tells by which terms", async () => {
  const index = await opened();
  assert.deepEqual([...(await index.find("الصحع")).terms], ["صحه"]);
  assert.ok((await index.find("minis justice")).terms.has("ministry"));
});

test("a word is doubted only where no document has them all", async () => {
  const index = await opened();
  assert.deepEqual([...(await index.find("عدد")).terms], ["عدد"]);
  const found = await index.find("وزارة العدد");
  assert.ok(found.whole && found.terms.has("عدل"));
});

test("only as many are read as are shown, and nothing twice", async () => {
  const asked = /** @type {string[]} */ ([]);
  const index = await opened(asked);
  const found = await index.find("finding", 2);
  assert.equal(found.total, 9);
  assert.equal(found.shown.length, 2);
  await index.find("finding", 2);
  assert.equal(new Set(asked).size, asked.length);
  assert.ok(asked.length < Object.keys(files).length / 3, String(asked.length));
});

test("a file that failed is asked for again", async () => {
  let broken = true;
  const index = await open(async (name) => {
    if (broken && name !== "index.json") throw new Error("offline");
    return files[name];
  });
  await assert.rejects(index.find("health"));
  broken = false;
  assert.equal((await index.find("health")).shown[0].address, "agencies/x-health/");
});

test("lines and postings are read as they were written", () => {
  assert.deepEqual(lines("0abc\t9 1\n2d\n0x"), [["abc", "9 1"], ["abd", ""], ["x", ""]]);
  const { weights, common } = posted("!95 a;43");
  assert.deepEqual([[...weights], common], [[[5, 9], [15, 9], [3, 4]], true]);
  assert.equal(posted("!").weights.size, 0);
});

test("a range covers every file that may hold its terms", () => {
  const firsts = ["b", "bd", "bf", "d"];
  assert.deepEqual(within(firsts, "a"), []);
  assert.deepEqual(within(firsts, "b"), [0, 1, 2]);
  assert.deepEqual(within(firsts, "bde"), [1]);
  assert.deepEqual(within(firsts, "bf"), [2]);
  assert.deepEqual(within(firsts, "e"), [3]);
});

test("more words go before rarer ones, and common ones are not called for", () => {
  const word = (/** @type {number[]} */ found, common = false) => ({ weights: new Map(found.map((n) => [n, 1])), common });
  assert.deepEqual(ranked([word([1, 2]), word([2, 3])], 9), { order: [2], whole: true });
  assert.deepEqual(ranked([word([1]), word([2])], 9), { order: [1, 2], whole: false });
  assert.deepEqual(ranked([word([1]), word([]), word([])], 9), { order: [], whole: false });
  assert.deepEqual(ranked([word([1, 2]), word([2], true)], 9), { order: [2, 1], whole: true });
});
