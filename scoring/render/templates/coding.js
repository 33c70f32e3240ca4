"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const at = (id) => document.getElementById(id);
const make = (tag, text, kind) => Object.assign(document.createElement(tag), { textContent: text ?? "", className: kind ?? "" });
const store = { // what a browser refuses to keep for a local file is kept for this visit
  get: (key) => { try { return localStorage.getItem(key); } catch { return null; } },
  set: (key, value) => { try { localStorage.setItem(key, value); } catch { /* the sheet can still be saved */ } },
};
let lang = store.get("hiwar-language") ?? (navigator.language.startsWith("ar") ? "ar" : "en");
let coder = "", now = 0, question = 0, saved = true;
let answers = {};

const word = (key, values = {}) => data.words[lang][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
const text = (both) => both[lang] ?? both[lang === "ar" ? "en" : "ar"] ?? "";
const given = (post, id) => answers[post.key]?.[id] ?? [];
const asked = (post, variable) => {
  const when = variable.asked_when;
  return !when || given(post, when.variable).some((answer) => when.answers.includes(answer));
};
const complete = (post) => data.variables.every((v) => !asked(post, v) || given(post, v.id).length);

function remember() {
  if (coder) store.set(`hiwar:${data.name}:${coder}`, JSON.stringify(answers));
}

function answer(variable, option) {
  const post = data.posts[now];
  const before = given(post, variable.id);
  const taken = before.includes(option);
  const several = variable.many && option !== "–";
  const after = !several ? [option] : taken ? before.filter((o) => o !== option) : [...before.filter((o) => o !== "–"), option];
  answers[post.key] = { ...answers[post.key], [variable.id]: after };
  saved = false;
  remember();
  if (!variable.many) question = following(question + 1) ?? question;
  show();
}

function following(from) {
  const post = data.posts[now];
  for (let i = from; i < data.variables.length; i++) if (asked(post, data.variables[i])) return i;
  return null;
}

function go(to) {
  now = Math.min(Math.max(to, 0), data.posts.length - 1);
  question = following(0) ?? 0;
  show();
  at("post").focus({ preventScroll: true });
  scrollTo(0, 0);
}

function showPost(post) {
  const box = at("post");
  box.replaceChildren();
  box.dir = "auto";
  for (const [piece, hint] of post.parts) box.append(hint ? make("mark", piece, hint) : piece);
  const about = make("small");
  about.append(make("bdi", post.time));
  if (post.url) about.append(" · ", Object.assign(make("a", word("original")), { href: post.url, rel: "noreferrer noopener", target: "_blank" }));
  box.append(about);
  box.classList.toggle("hinted", at("hints").checked);
}

function cases(list, key) {
  const box = make("dl");
  for (const one of list) {
    box.append(make("dt", `«${text(one.text)}»`));
    const label = text(data.variables.find((v) => v.id === key).options.find((o) => o.id === one.answer).label);
    box.append(make("dd", one.because ? `${label} – ${text(one.because)}` : label));
  }
  return box;
}

function showQuestion(variable, index, post) {
  const box = make("fieldset", "", index === question ? "now" : "");
  box.disabled = !asked(post, variable);
  box.append(make("legend", text(variable.question)));
  const options = make("div", "", "options");
  for (const option of variable.options) {
    const label = make("label");
    const input = Object.assign(make("input"), { type: variable.many ? "checkbox" : "radio", name: variable.id });
    input.checked = given(post, variable.id).includes(option.id);
    input.addEventListener("change", () => { question = index; answer(variable, option.id); });
    label.append(input, " ", text(option.label), " ", make("kbd", option.key));
    options.append(label);
  }
  box.append(options);
  const words = at("hints").checked && variable.hint ? post.hints[variable.hint] : [];
  if (words.length) box.append(make("p", word("proposal", { words: words.join(" · ") })));
  const more = make("details");
  more.append(make("summary", word("definition")), make("p", text(variable.definition)));
  more.append(make("strong", word("examples")), cases(variable.examples, variable.id));
  more.append(make("strong", word("borderline")), cases(variable.borderline, variable.id));
  box.append(more);
  return box;
}

function show() {
  const post = data.posts[now];
  const focused = document.activeElement?.closest?.("fieldset") ? document.activeElement.name : null;
  document.documentElement.lang = lang;
  document.documentElement.dir = lang === "ar" ? "rtl" : "ltr";
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = word(node.dataset.word);
  at("title").textContent = word("title", { name: data.name });
  at("language").textContent = lang === "ar" ? "English" : "العربية";
  at("language").lang = lang === "ar" ? "en" : "ar";
  at("where").textContent = word("where", { n: now + 1, of: data.posts.length });
  const done = data.posts.filter(complete).length;
  Object.assign(at("progress"), { max: data.posts.length, value: done });
  at("progress").setAttribute("aria-label", word("progress"));
  at("count").textContent = word("done", { n: done, of: data.posts.length });
  at("guide").replaceChildren(make("p", text(data.note)), make("p", word("keys")));
  showPost(post);
  at("questions").replaceChildren(...data.variables.map((v, i) => showQuestion(v, i, post)));
  if (question) document.querySelector("fieldset.now")?.scrollIntoView({ block: "nearest" });
  if (focused) at("questions").querySelector(`fieldset.now input`)?.focus();
}

const cell = (value) => {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

function sheet() {
  const header = ["post", "time", "url", "text", ...data.variables.map((v) => v.id)];
  const rows = data.posts.map((post) => [
    post.key, post.time, post.url, post.parts.map(([piece]) => piece).join(""),
    ...data.variables.map((v) => (asked(post, v) ? given(post, v.id).join(" ") : "")),
  ]);
  return "\ufeff" + [header, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

function parse(table) {
  const rows = [[""]];
  let quoted = false;
  for (let i = table.charCodeAt(0) === 0xfeff ? 1 : 0; i < table.length; i++) {
    const char = table[i], row = rows.at(-1);
    if (quoted && char === '"' && table[i + 1] === '"') { row[row.length - 1] += '"'; i++; }
    else if (char === '"') quoted = !quoted;
    else if (!quoted && char === ",") row.push("");
    else if (!quoted && char === "\n") rows.push([""]);
    else if (quoted || char !== "\r") row[row.length - 1] += char;
  }
  return rows.filter((row) => row.length > 1);
}

function load(table) {
  const [header, ...rows] = parse(table);
  const column = (name) => header.indexOf(name);
  if (column("post") < 0) { alert(word("bad_sheet")); return; }
  for (const row of rows) {
    const chosen = data.variables.map((v) => {
      const known = v.options.map((option) => option.id);
      return [v.id, (row[column(v.id)] ?? "").split(" ").filter((answer) => known.includes(answer))];
    });
    answers[row[column("post")]] = Object.fromEntries(chosen.filter(([, options]) => options.length));
  }
  remember();
  show();
}

function save() {
  if (!at("coder").checkValidity() || !at("coder").value) { alert(word("need_coder")); at("coder").focus(); return; }
  const link = make("a");
  link.href = URL.createObjectURL(new Blob([sheet()], { type: "text/csv" }));
  link.download = `sheet-${at("coder").value}.csv`;
  link.click();
  saved = true;
}

function named() {
  coder = at("coder").checkValidity() ? at("coder").value : "";
  if (!coder) return;
  const kept = store.get(`hiwar:${data.name}:${coder}`);
  if (kept) answers = { ...JSON.parse(kept), ...answers };
  remember();
  show();
}

function key(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("#coder, #load")) return;
  const forward = lang === "ar" ? "ArrowLeft" : "ArrowRight";
  const backward = lang === "ar" ? "ArrowRight" : "ArrowLeft";
  const variable = data.variables[question];
  const option = variable.options.find((o) => o.key === event.key.toLowerCase() || o.key === keyOf(event));
  if (event.key === forward || event.key === "Enter" && !event.target.matches("button, summary, a")) go(now + 1);
  else if (event.key === backward) go(now - 1);
  else if (event.key === "ArrowDown") { question = following(question + 1) ?? question; show(); }
  else if (event.key === "ArrowUp") { do question = Math.max(0, question - 1); while (question && !asked(data.posts[now], data.variables[question])); show(); }
  else if (option && !event.target.matches("select")) answer(variable, option.id);
  else if (event.key === "?") at("help").open = !at("help").open;
  else return;
  event.preventDefault();
}

// The same key on an Arabic keyboard: keys are told by where they are.
const keyOf = (event) => event.code.replace(/^Key|^Digit|^Numpad/, "").toLowerCase();

at("language").addEventListener("click", () => { lang = lang === "ar" ? "en" : "ar"; store.set("hiwar-language", lang); show(); });
at("back").addEventListener("click", () => go(now - 1));
at("next").addEventListener("click", () => go(now + 1));
at("open").addEventListener("click", () => { const next = data.posts.findIndex((post) => !complete(post)); if (next >= 0) go(next); });
at("hints").addEventListener("change", show);
at("save").addEventListener("click", save);
at("coder").addEventListener("change", named);
at("load").addEventListener("change", async (event) => { const [file] = event.target.files; if (file) load(await file.text()); });
at("questions").addEventListener("submit", (event) => event.preventDefault());
addEventListener("keydown", key);
addEventListener("beforeunload", (event) => { if (!saved) event.preventDefault(); });
show();
