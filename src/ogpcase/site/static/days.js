// Says what changed between two days of a case, and shows only those days. Without scripts all days are shown.
"use strict";
for (const form of document.querySelectorAll("form[data-days]")) {
  const rows = [...document.getElementById(form.dataset.days).querySelectorAll("tr[data-day]")];
  const said = form.querySelector("[data-between]");
  const show = () => {
    const days = [form.elements.from.value, form.elements.to.value].sort();
    const [first, last] = days.map((day) => rows.find((row) => row.dataset.day === day));
    let events = 0;
    for (const row of rows) {
      row.hidden = row.dataset.day < days[0] || row.dataset.day > days[1];
      if (!row.hidden && row !== first) events += row.querySelectorAll("li").length;
    }
    said.textContent = said.dataset.words.replace("{before}", first.dataset.stage).replace("{after}", last.dataset.stage)
      .replace("{events}", events);
  };
  if (rows.length > 1) form.hidden = false;
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
}
