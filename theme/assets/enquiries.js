/* From questions asked to the file that holds them. Nothing leaves the page until its reader chooses to send it. */
(() => {
  "use strict";
  const form = document.getElementById("enquiry-form");
  if (!form) return;
  const words = JSON.parse(form.dataset.words);
  const rows = document.getElementById("enquiry-rows");
  const wanted = new URLSearchParams(location.search);
  const SLUG = /^[a-z0-9]+([._-][a-z0-9]+)*$/;
  const [country, agency] = (wanted.get("agency") ?? "").split("/");
  const known = /^[a-z]{2}$/.test(country) && SLUG.test(agency ?? "");
  const LONGEST = 6000; // addresses much longer than this are refused by servers
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  // A moment as the reader's own clock tells it, with its offset: 2026-11-02T09:30+03:00
  function moment(local) {
    const minutes = -new Date(local).getTimezoneOffset();
    const pad = (n) => String(Math.trunc(Math.abs(n))).padStart(2, "0");
    return `${local.slice(0, 16)}${minutes < 0 ? "-" : "+"}${pad(minutes / 60)}:${pad(minutes % 60)}`;
  }

  const values = (row) => Object.fromEntries([...row.elements].filter((f) => f.name).map((f) => [f.name, f.value.trim()]));
  // Text in double quotes, as the data files' YAML wants it; characters that could break a line are left out.
  const quoted = (text) => `"${text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, "").replace(/[\\"]/g, "\\$&")}"`;

  function fault(one) {
    if (!one.asked) return words.need_asked;
    if (new Date(one.asked) > new Date()) return words.future;
    for (const name of ["answered", "watched_until"]) {
      if (one[name] && new Date(one[name]) < new Date(one.asked)) return words.before;
      if (one[name] && new Date(one[name]) > new Date()) return words.future;
    }
    return one.gave && !one.answered ? words.gave : "";
  }

  function yaml(all, tester) {
    const count = {};
    return all.map((one) => {
      const month = one.asked.slice(0, 7);
      count[month] = (count[month] ?? 0) + 1;
      const lines = [
        ["id", `${known ? agency : "agency-id"}-${month}-${tester || "tester"}.e${String(count[month]).padStart(2, "0")}`],
        ["asked", moment(one.asked)], ["channel", one.channel], ["language", one.language], ["kind", one.kind],
        ["segment", one.segment && quoted(one.segment)], ["answered", one.answered && moment(one.answered)],
        ["watched_until", one.watched_until && moment(one.watched_until)], ["gave", one.gave], ["tester", tester || "tester"],
      ].filter(([, value]) => value);
      return "- " + lines.map(([key, value]) => `${key}: ${value}`).join("\n  ");
    }).join("\n") + "\n";
  }

  function update() {
    const all = [...rows.children].map(values);
    let faulty = 0;
    [...rows.children].forEach((row, index) => {
      row.querySelector("legend").textContent = fill(words.question, { n: index + 1 });
      const wrong = fault(all[index]);
      row.querySelector(".hw-form__error").textContent = row.dataset.touched ? wrong : "";
      faulty += wrong ? 1 : 0;
    });
    const tester = SLUG.test(form.elements.tester.value) ? form.elements.tester.value : "";
    const right = all.filter((one) => !fault(one));
    const hours = (one) => (new Date(one.answered) - new Date(one.asked)) / 36e5;
    const answered = right.filter((one) => one.answered && hours(one) <= Number(form.dataset.window)).length;
    document.getElementById("enquiry-count").textContent = fill(words.count, { n: right.length, answered });
    const text = right.length ? yaml(right, tester) : "";
    document.getElementById("enquiry-yaml").value = text;
    const send = document.getElementById("enquiry-send");
    const fresh = wanted.get("exists") !== "1";
    const file = `${country}/${agency}`;
    const short = encodeURIComponent(text).length < LONGEST;
    send.href = fresh ? `${form.dataset.new}/${file}?filename=enquiries.yml${short ? `&value=${encodeURIComponent(text)}` : ""}` : `${form.dataset.edit}/${file}/enquiries.yml`;
    send.hidden = !(known && tester && right.length && !faulty);
    document.getElementById("enquiry-save").href = `data:text/yaml;charset=utf-8,${encodeURIComponent(text)}`;
  }

  function add() {
    const row = document.getElementById("enquiry-row").content.firstElementChild.cloneNode(true);
    const last = rows.lastElementChild && values(rows.lastElementChild);
    for (const name of ["channel", "language"]) if (last) row.elements[name].value = last[name];
    row.querySelector("[data-remove]").addEventListener("click", () => { row.remove(); update(); });
    row.addEventListener("change", () => { row.dataset.touched = "1"; update(); });
    rows.append(row);
    row.elements.asked.focus({ preventScroll: rows.children.length === 1 });
  }

  if (known) document.getElementById("enquiry-agency").textContent = fill(words.agency, { agency });
  if (wanted.get("exists") === "1") document.getElementById("enquiry-agency").append(` ${words.exists}`);
  add();
  document.getElementById("enquiry-add").addEventListener("click", () => { add(); update(); });
  document.getElementById("enquiry-copy").addEventListener("click", () => navigator.clipboard.writeText(document.getElementById("enquiry-yaml").value));
  form.addEventListener("input", update);
  update();
})();
