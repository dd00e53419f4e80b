// Searches the register with the index that pagefind made of its pages; what is found is put in as plain text.
const form = document.querySelector("form[data-search]");
const list = document.querySelector("[data-results]");
const count = form.querySelector("[data-count]");
const MOST = 30;
const pagefind = await import("../pagefind/pagefind.js");
await pagefind.init();
let asked = 0;

const show = async () => {
  const words = form.elements.q.value.trim();
  const mine = ++asked;
  if (!words) { list.replaceChildren(); count.textContent = ""; return; }
  const found = await pagefind.search(words);
  const results = await Promise.all(found.results.slice(0, MOST).map((result) => result.data()));
  if (mine !== asked) return;
  count.textContent = count.dataset.words.replace("{number}", found.results.length);
  list.replaceChildren(...results.map((result) => {
    const [item, link, text] = ["li", "a", "span"].map((name) => document.createElement(name));
    link.href = result.url;
    link.textContent = result.meta.title;
    text.className = "aside block";
    text.textContent = result.plain_excerpt;
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
