// Searches the register: loads the words that begin as those typed, and shows the pages that have all of them.
"use strict";
const MOST = 50;
const form = document.querySelector("form[data-search]");
const list = document.querySelector("[data-results]");
const count = form.querySelector("[data-count]");
const pagesAFile = Number(form.dataset.pagesAFile);
const loaded = new Map();
let asked = 0;

const load = (file) => {
  if (!loaded.has(file)) loaded.set(file, fetch(file).then((answer) => (answer.ok ? answer.json() : {})));
  return loaded.get(file);
};
const wordsOf = (text) =>
  text.normalize("NFKD").replace(/\p{Mn}/gu, "").toLowerCase().match(/[\p{L}\p{N}]{2,40}/gu) ?? [];
const fileOf = (word) =>
  `words/${[...word].slice(0, 2).map((letter) => letter.codePointAt(0).toString(16)).join("-")}.json`;

// How well each page fits a word: a whole word more than a beginning, and one in the title most.
const fits = async (word) => {
  const found = new Map();
  for (const [known, steps] of Object.entries(await load(fileOf(word)))) {
    if (!known.startsWith(word)) continue;
    let number = 0;
    for (const step of steps) {
      number += step;
      const weight = (known === word ? 2 : 1) + 3 * (number % 2);
      const page = Math.floor(number / 2);
      found.set(page, Math.max(weight, found.get(page) ?? 0));
    }
  }
  return found;
};

const show = async () => {
  const mine = ++asked;
  const words = wordsOf(form.elements.q.value);
  const each = await Promise.all(words.map(fits));
  const [first = new Map(), ...others] = each;
  const pages = [...first.keys()]
    .filter((page) => others.every((other) => other.has(page)))
    .map((page) => [each.reduce((sum, other) => sum + other.get(page), 0), page])
    .sort(([one, page], [other, second]) => other - one || page - second);
  const shown = await Promise.all(pages.slice(0, MOST).map(async ([, page]) =>
    (await load(`pages/${Math.floor(page / pagesAFile)}.json`))[page % pagesAFile]));
  if (mine !== asked) return;
  count.textContent = words.length ? count.dataset.words.replace("{number}", pages.length) : "";
  list.replaceChildren(...shown.map(([address, title, about]) => {
    const [item, link, text] = ["li", "a", "span"].map((name) => document.createElement(name));
    link.href = `../${address}`;
    link.textContent = title;
    text.className = "aside block";
    text.textContent = about;
    item.append(link, text);
    return item;
  }));
};

form.hidden = false;
form.addEventListener("submit", (event) => { event.preventDefault(); show(); });
form.addEventListener("input", show);
form.elements.q.value = new URLSearchParams(location.search).get("q") ?? "";
form.elements.q.focus();
show();
