// @ts-check
/* "Try it" on a profile: what several steps would do together, by the index's own arithmetic. */
import { all, fetched, number, one, put } from "./page.js";
import { stepped } from "./score.js";

/** @param {HTMLFormElement} form */
function tryable(form) {
  const trial = JSON.parse(String(one("script", form).textContent));
  const output = one("output", form);
  const now = stepped(trial, []);
  form.addEventListener("change", async () => {
    const steps = /** @type {HTMLInputElement[]} */ (all("input:checked", form)).map((box) => box.name);
    const then = stepped(trial, steps);
    if (!steps.length) { output.textContent = ""; return; }
    const said = put(String(form.dataset.then), number(then), number(then - now));
    output.textContent = said;
    const { whole } = await fetched(String(form.dataset.rows));
    const rank = 1 + whole.filter((/** @type {number} */ score) => score > then + 1e-9).length;
    output.textContent = said + put(String(form.dataset.rank), number(rank, 0), number(whole.length, 0));
  });
}

for (const form of /** @type {HTMLFormElement[]} */ (all("[data-raise]"))) tryable(form);
