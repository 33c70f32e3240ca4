// @ts-check
/* What a league's table shows after filters, sorting and shading. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { alike, chosen, folded } from "../../theme/assets/js/rows.js";

const rows = {
  id: ["b", "a", "c", "d"],
  en: ["Ministry of Béta", "Agency Alpha", null, "Delta"],
  ar: ["وزارة الصحّة", null, "هيئة الإحصاء", "دلتا"],
  country: ["AE", "QA", "AE", "QA"],
  group: ["ae-x", "qa-x", "ae-x", "qa-x"],
  rank: [1, 2, 2, 4], coverage: [90, 50, 70, 60], set_best: [1, 1, 2, 4], set_worst: [2, 3, 3, 4],
};
const plain = { q: "", fields: {}, sort: "", down: false };
const found = folded(rows);

test("everything, in order of positions", () => assert.deepEqual(chosen(rows, found, plain, "en"), [0, 1, 2, 3]));
test("a name in any spelling", () => {
  assert.deepEqual(chosen(rows, found, { ...plain, q: "beta" }, "en"), [0]);
  assert.deepEqual(chosen(rows, found, { ...plain, q: "الصحه" }, "ar"), [0]);
  assert.deepEqual(chosen(rows, found, { ...plain, q: "الاحصاء" }, "en"), [2]);
});
test("fields narrow together", () => {
  assert.deepEqual(chosen(rows, found, { ...plain, fields: { country: "AE", group: "" } }, "en"), [0, 2]);
  assert.deepEqual(chosen(rows, found, { ...plain, fields: { country: "AE" }, q: "delta" }, "en"), []);
});
test("sorted by number, by name in the reader's language, and turned", () => {
  assert.deepEqual(chosen(rows, found, { ...plain, sort: "coverage" }, "en"), [1, 3, 2, 0]);
  assert.deepEqual(chosen(rows, found, { ...plain, sort: "coverage", down: true }, "en"), [0, 2, 3, 1]);
  assert.deepEqual(chosen(rows, found, { ...plain, sort: "name" }, "en").slice(0, 2), [1, 3]);
  assert.deepEqual(chosen(rows, found, { ...plain, sort: "nonsense" }, "en"), [0, 1, 2, 3]);
});
test("the positions that an agency could hold", () => {
  assert.deepEqual(alike(rows, "a"), { low: 1, high: 3, at: 1 });
  assert.equal(alike(rows, "nobody"), null);
});
