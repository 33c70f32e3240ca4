// @ts-check
/* The form's checks against `hiwar check`, finding by finding; every sentence is filled, in both languages. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileName, identified, tidy, yaml } from "../../theme/assets/js/finding-file.js";
import { faults, sentence } from "../../theme/assets/js/finding-rules.js";

const { book, cases, today } = JSON.parse(readFileSync(new URL("../vectors/finding.json", import.meta.url), "utf8"));

cases.forEach((/** @type {any} */ one, /** @type {number} */ number) => {
  test(`finding ${number}`, () => {
    const found = faults(one.item, book, today);
    assert.deepEqual([...new Set(found.map((fault) => book.messages[fault.name].code))].sort(), one.codes);
    assert.deepEqual([...new Set(found.map((fault) => fault.key))].sort(), one.keys.sort());
    for (const fault of found) {
      for (const language of /** @type {("en" | "ar")[]} */ (["en", "ar"])) {
        const { must, mend } = sentence(fault, book, language);
        assert.ok(must && !/undefined|\{\w+\}/.test(must + mend), must + mend);
      }
    }
  });
});

test("ids are new, and short enough", () => {
  const item = { observed: "2026-11-20", code: "moderation_rules" };
  assert.equal(identified("qa-tides", item, []), "qa-tides-2026-11.moderation_rules");
  assert.equal(identified("qa-tides", item, ["qa-tides-2026-11.moderation_rules"]), "qa-tides-2026-11.moderation_rules-2");
  assert.ok(identified("qa-" + "very-".repeat(20), item, []).length <= 80);
});

test("a file is named after the day, the reader and what was found", () => {
  assert.equal(fileName({ observed: "2026-11-20", coder: "reader-7", code: "moderation_rules" }), "evidence-2026-11-20-reader-7-moderation_rules.yml");
  assert.equal(
    fileName({ id: "qa-tides-2026-11.languages-2", observed: "2026-11-20", coder: "r", code: "languages" }),
    "evidence-2026-11-20-r-languages-2.yml",
  );
  assert.equal(fileName({ observed: "2026-11-20", code: "languages" }), "evidence-2026-11-20-reader-languages.yml");
});

test("what is typed becomes one composed line", () => {
  assert.equal(tidy("  a\r\n b\te\u0301 "), "a b \u00e9");
  assert.equal(tidy(" \n "), undefined);
});

test("text stays text in the file", () => {
  const text = yaml({ finding: { en: 'a: "b" \\ # c\u2019' }, value: false, observed: "2026-11-20" });
  assert.match(text, /en: "a: \\"b\\" \\\\ # c’"\n {2}value: false\n {2}observed: 2026-11-20\n/);
});
