// Filters the rows of a table by words and by the values of its rows. Without scripts the table is whole.
"use strict";
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
for (const form of document.querySelectorAll("form[data-filters]")) {
  const rows = [...document.getElementById(form.dataset.filters).querySelectorAll("[data-row], tbody > tr")];
  const count = form.querySelector("[data-count]");
  const texts = new Map(rows.map((row) => [row, plain(row.textContent)]));
  const shown = () => {
    const wanted = [...new FormData(form)].filter(([, value]) => value.trim() !== "");
    let number = 0;
    for (const row of rows) {
      const fits = wanted.every(([name, value]) =>
        name === "words"
          ? plain(value).split(/\s+/).every((word) => texts.get(row).includes(word))
          : row.dataset[name] === value);
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
