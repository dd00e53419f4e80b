// Filters the rows of a table by words and by the values of its rows. Without scripts all rows are shown.
// A list of several pages is filtered as one: what the others hold is loaded when somebody filters.
"use strict";
const ROWS = "[data-row], tbody > tr";
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

// The rows of another page of the list; their links are those of that page.
const rowsOf = async (address, id) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.statusText);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const rows = [...page.getElementById(id).querySelectorAll(ROWS)].map((row) => document.importNode(row, true));
  for (const row of rows)
    for (const link of row.querySelectorAll("a[href]")) link.href = new URL(link.getAttribute("href"), address);
  return rows;
};

for (const form of document.querySelectorAll("form[data-filters]")) {
  const list = document.getElementById(form.dataset.filters);
  const count = form.querySelector("[data-count]");
  const own = new Set(list.querySelectorAll(ROWS));
  const others = (form.dataset.pages ?? "").split(" ").filter(Boolean).map((address) => new URL(address, location));
  const texts = new Map();
  const textOf = (row) => texts.get(row) ?? texts.set(row, plain(row.textContent)).get(row);
  let rows = [...own];
  let loading = null;
  const load = async () => {
    const more = (await Promise.all(others.map((address) => rowsOf(address, form.dataset.filters)))).flat();
    rows.at(-1).after(...more);
    rows = [...own, ...more];
  };
  const shown = async () => {
    const filters = () => [...new FormData(form)].filter(([, value]) => value.trim() !== "");
    if (filters().length && others.length) await (loading ??= load().catch(() => {}));  // else those of this page
    const wanted = filters();
    let number = 0;
    for (const row of rows) {
      const fits = wanted.length ? wanted.every(([name, value]) =>
        name === "words"
          ? plain(value).split(/\s+/).every((word) => textOf(row).includes(word))
          : row.dataset[name] === value) : own.has(row);
      row.hidden = !fits;
      number += fits ? 1 : 0;
    }
    count.textContent = wanted.length ? `${number} / ${rows.length}` : "";
  };
  form.hidden = false;
  form.addEventListener("input", shown);
  form.addEventListener("submit", (event) => event.preventDefault());
  shown();
}
