// @ts-check
/* What a chart can be taken away as: code for other sites, files, words and citations. The dialog's own words come
   with it (share.html), what it says of the chart from the chart's document; the link works without any of it. */

/** @typedef {{ title: string, alt: string, caption: string, citation: string, bibtex: string, embed: string,
 *   heights: Record<string, number>, pinned: string[], files: Record<string, string> }} About */

const WIDEST = 720;

/** @param {string} address */
async function json(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return /** @type {Promise<About>} */ (answer.json());
}

/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`);

/** The code that is pasted. @param {About} about @param {URL} address @param {string} size @param {boolean} fits */
function code(about, address, size, fits) {
  const wide = size === "full" ? "100%" : size;
  const tall = about.heights[size === "full" ? "480" : size];
  const limit = size === "full" ? `border:0;max-width:${WIDEST}px` : "border:0;max-width:100%";
  const frame = `<iframe src="${escaped(address.href)}" title="${escaped(about.title)}" width="${wide}" height="${tall}" `
    + `loading="lazy" sandbox="allow-scripts allow-popups" style="${limit}" data-hiwar></iframe>`;
  const script = new URL(about.embed.replace(/(.*\/)(?:editions\/[^/]+\/)?embed\/.*/, "$1embed/resize.js"));
  return fits ? `${frame}\n<script async src="${escaped(script.href)}"></script>` : frame;
}

/** Where the same chart stands pinned, or in another language. @param {string} address @param {string} edition @param {string} language */
function moved(address, edition, language) {
  const place = address.replace(/editions\/[^/]+\/(?=embed\/)/, "");
  return place.replace(/embed\/[a-z]+\//, `${edition ? `editions/${edition}/` : ""}embed/${language}/`);
}

let turn = 0; // of what was chosen: an answer that comes late must not replace a later one

/** @param {HTMLDialogElement} dialog @param {string} local where the chart's files are, as this page reaches them */
async function show(dialog, local) {
  const form = /** @type {HTMLFormElement} */ (dialog.querySelector("form[data-choices]"));
  const chosen = new FormData(form);
  const [edition, language, scheme, size] = ["edition", "language", "scheme", "size"].map((name) => String(chosen.get(name) ?? ""));
  const near = moved(local, edition, language);
  const mine = ++turn;
  const about = await json(`${near}chart.json`);
  if (mine !== turn) return;
  const address = new URL(about.embed);
  address.hash = scheme;
  /** @param {string} name */
  const slot = (name) => /** @type {any} */ (dialog.querySelector(`[data-slot="${name}"]`));
  slot("code").value = code(about, address, size, chosen.has("fits"));
  for (const name of /** @type {const} */ (["alt", "caption", "citation", "bibtex"])) slot(name).value = about[name];
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (dialog.querySelectorAll("a[data-file]"))) {
    const file = about.files[String(link.dataset.file)];
    const item = /** @type {HTMLElement} */ (link.closest("li"));
    item.hidden = !file;
    if (file) link.href = near + file.slice(about.embed.length);
    link.download = "";
  }
  const frame = document.createElement("iframe");
  frame.title = about.title;
  frame.setAttribute("sandbox", "allow-scripts allow-popups");
  frame.src = `${near}${address.hash}`;
  frame.height = String(about.heights[size === "full" ? "480" : size]);
  frame.width = size === "full" ? "100%" : size;
  slot("preview").replaceChildren(frame);
}

/** @param {HTMLDialogElement} dialog */
function copying(dialog) {
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (dialog.querySelectorAll("button[data-copy]"))) {
    button.addEventListener("click", async () => {
      const field = /** @type {HTMLTextAreaElement} */ (dialog.querySelector(`[data-slot="${button.dataset.copy}"]`));
      field.select();
      if (!navigator.clipboard) return; // only secure pages have one; the text is marked, to be copied by hand
      await navigator.clipboard.writeText(field.value);
      const said = button.textContent;
      button.textContent = String(button.dataset.done);
      setTimeout(() => { button.textContent = said; }, 2000);
    });
  }
}

/** Open the dialog of a chart. @param {HTMLAnchorElement} link */
export async function open(link) {
  const local = link.href;
  const [home, language] = [local.replace(/embed\/.*/, "embed/"), document.documentElement.lang];
  const [about, text] = await Promise.all([
    json(`${local}chart.json`),
    fetch(`${home}${language}/share.html`).then((answer) => answer.text()),
  ]);
  const page = new DOMParser().parseFromString(text, "text/html");
  const dialog = /** @type {HTMLDialogElement} */ (document.importNode(/** @type {Node} */ (page.querySelector("dialog")), true));
  /** @type {HTMLElement} */ (dialog.querySelector("[data-slot=title]")).textContent = about.title;
  const editions = /** @type {HTMLSelectElement} */ (dialog.querySelector("select[name=edition]"));
  for (const id of about.pinned) editions.add(new Option(String(editions.dataset.pinned).replace("#", id), id));
  document.body.append(dialog);
  const form = /** @type {HTMLFormElement} */ (dialog.querySelector("form[data-choices]"));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => show(dialog, local));
  copying(dialog);
  dialog.addEventListener("close", () => { dialog.remove(); link.focus(); });
  await show(dialog, local);
  dialog.showModal();
}
