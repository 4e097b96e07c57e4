"use strict";
// The top of the site is what comes before the first of its folders, or the folder of the page that was asked for.
const { folders, labels } = JSON.parse(document.getElementById("labels").textContent);
const parts = location.pathname.split("/"), at = parts.findIndex((part) => folders.includes(part));
const top_ = (at < 0 ? parts.slice(0, -1) : parts.slice(0, at)).join("/") + "/";
if (location.protocol !== "file:") for (const link of document.querySelectorAll("a:not([href^='/'], [href*=':'])")) link.href = top_ + link.getAttribute("href");
// Labels that share most pairs of letters with the last word of the address (Dice's coefficient).
const pairs = (word) => new Set([...word].slice(1).map((letter, n) => word[n] + letter));
const plain = (text) => { try { return decodeURIComponent(text); } catch { return text; } };
const asked = plain(location.hash.slice(1) || parts.at(-1)).replace(/\.\w+$/, "").toLowerCase(), mine = pairs(asked);
const near = Object.entries(labels).map(([label, [page, title]]) => {
  const others = pairs(label.toLowerCase()), shared = [...others].filter((pair) => mine.has(pair)).length;
  return [label.toLowerCase() === asked ? 1 : (2 * shared) / (mine.size + others.size || 1), label, page, title];
}).filter(([likeness]) => likeness > 0.5).sort((a, b) => b[0] - a[0]).slice(0, 5);
for (const [, label, page, title] of near) {
  const item = document.createElement("li"), link = document.createElement("a");
  Object.assign(link, { href: `${location.protocol === "file:" ? "" : top_}${page}.html#${label}`, textContent: title || label });
  item.append(link);
  document.querySelector("#near ul").append(item);
}
document.getElementById("near").hidden = !near.length;
