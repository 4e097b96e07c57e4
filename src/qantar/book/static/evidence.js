/* Evidence cards. A link inside [data-evidence] opens a card with the Arabic words that it rests on and what was known
   later. All of it stands in the page, in #qantar-evidence:
     cards      by name: t [title], s sentence, m starts and ends of spans in it, v statement, f facts (name and value
                by turns), d verdict, p places, u whether a machine wrote it and nobody has checked it, code
     sentences  [Arabic, English, if it has one]        speakers  [who, Arabic cue, its meaning, mode]
     verdicts   [claim, verdict, note]   chains    rows of the record by verdict
     kinds      what a row is, by its letter       record    [date, value, body, status, source, ...]
     places     [page, label, chapter, section]    pages  addresses of the chapters that rows lead to
     pool       texts that occur in several lists; a number in a list of texts is one of them
   Every text is set as text, never as markup. */
(() => {
  "use strict";
  const block = document.getElementById("qantar-evidence");
  if (!block || !HTMLElement.prototype.showPopover) return; // the links do without
  const data = window.qantarEvidence = JSON.parse(block.textContent); // margin.js shows some of it too
  const SHOWN = 6; // places listed at once
  const texts = (list) => (list || []).map((item) => (typeof item === "number" ? data.pool[item] : item));

  const make = (tag, content, attributes = {}) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...[content ?? []].flat(9));
    return node;
  };
  const link = (text, address) => make("a", text, { href: address });
  const ARABIC = /[\u0600-\u06ff]/;
  const CYRILLIC = { Kazakh: "kk", Russian: "ru" };
  const inline = (text, language) =>
    ARABIC.test(text) && !/[A-Za-z]/.test(text) ? make("bdi", text, { lang: "ar", dir: "rtl" })
      : language ? make("span", text, { lang: language }) : text;

  const marked = (text, spans) => {
    const pieces = [];
    let seen = 0;
    const characters = [...text]; // offsets count characters, a string counts units of UTF-16
    for (let n = 0; n < spans.length; n += 2) {
      pieces.push(characters.slice(seen, spans[n]).join(""), make("mark", characters.slice(spans[n], spans[n + 1]).join("")));
      seen = spans[n + 1];
    }
    return [...pieces, characters.slice(seen).join("")];
  };

  const kind = (name) => /^s\d/.test(name) ? "sentence" : name.includes(".") ? "result" : /^[A-Z]\d/.test(name) ? data.kinds[name[0]] : "actor";

  const said = (card, name) => {
    if (!card.v) return ["quantity", "event"].includes(kind(name)) ? make("p", "Told in the report’s own voice.") : [];
    const [who, cue, meaning, mode] = texts(data.speakers[card.v]);
    return make("p", [
      mode === "withheld" ? "Silence of " : "Made to say it: ", make("b", who), ", by ", inline(cue),
      meaning ? ` (${meaning})` : "", mode === "direct" ? ", in quotation marks" : "", ".",
    ]);
  };

  const facts = (card) => {
    const list = texts(card.f), pairs = [];
    for (let n = 0; n < list.length; n += 2) {
      pairs.push(make("div", [make("dt", list[n]), make("dd", inline(list[n + 1], CYRILLIC[list[n]]))]));
    }
    return pairs.length ? make("dl", pairs) : [];
  };

  const rowAddress = (name) => `${/^[CTX]/.test(name) ? data.pages.ledger : data.pages.report}#${name}`;

  const later = (card, name) => {
    const verdict = card.d && texts(data.verdicts[card.d]);
    const chain = card.d ? data.chains[card.d] : name in data.record ? [name] : [];
    if (!chain.length) return [];
    const rows = chain.map((row) => {
      const [date, value, body, status, ...sources] = texts(data.record[row]);
      return make("li", [
        make("span", date || "no date", { class: "evidence-date" }), " ", make("b", value), body ? `, ${body}` : "",
        status ? make("i", ` ${status}`) : "", " ", make("small", [sources.join("; "), " ", link(row, rowAddress(row))]),
      ], row === name ? { "aria-current": "true" } : {});
    });
    return make("section", [
      make("h3", "Later record"),
      verdict ? make("p", [`“${verdict[0]}”: `, make("b", verdict[1], { class: `verdict-${verdict[1]}` }), `. ${verdict[2]}`]) : [],
      rows.length ? make("ol", rows) : [],
    ]);
  };

  const places = (card, label) => {
    const here = (card.p || []).map((number) => texts(data.places[number])).filter((place) => place[1] !== label);
    if (!here.length) return [];
    const items = here.map(([page, section, chapter, title]) =>
      make("li", link(inline(title && title !== chapter ? `${chapter}: ${title}` : chapter), `${page}#${section}`)));
    const rest = items.slice(SHOWN);
    return make("section", [
      make("h3", "Elsewhere in the book"),
      make("ul", items.slice(0, SHOWN)),
      rest.length ? make("details", [make("summary", `${rest.length} more`), make("ul", rest)]) : [],
    ]);
  };

  const leads = (name, card, address) => make("p", [
    card.s ? link(`Sentence ${card.s} in the report`, `${data.pages.report}#${card.s}`) : [],
    card.code ? link("The code", address) : [],
    kind(name) === "actor" ? link("Entry of the actor", `${data.pages.actors}#actor-${name}`) : [],
    /^[A-Z]\d+$/.test(name) ? link(`Row ${name} in the data`, rowAddress(name)) : [],
  ], { class: "evidence-leads" });

  const content = (name, card, address, label, printed) => {
    const sentence = data.sentences[card.s];
    return [
      make("h2", [make("span", [kind(name), " ", make("code", name)], { class: "evidence-kind" }), card.code ? printed : texts(card.t).map((title) => inline(title))], { id: "evidence-title" }),
      make("button", "×", { type: "button", class: "evidence-close", "aria-label": "Close" }),
      sentence ? make("blockquote", [
        make("p", marked(sentence[0], card.m || []), { lang: "ar", dir: "rtl" }), sentence[1] ? make("p", sentence[1]) : [],
      ].flat()) : [],
      card.u ? make("p", "Unchecked machine reading.", { class: "unchecked" }) : [],
      card.code ? make("pre", make("code", card.code)) : [],
      sentence && !/^[CTX]/.test(name) ? said(card, name) : [],
      facts(card), later(card, name), places(card, label), leads(name, card, address),
    ].flat(9);
  };

  const box = make("div", null, { id: "evidence-card", popover: "auto", role: "dialog", "aria-labelledby": "evidence-title", tabindex: "-1" });
  document.body.append(box);
  let opener = null;

  // Below or above the link, where there is more room, never over it; in a small window the style sheet makes it a sheet
  // at the foot.
  const place = (near) => {
    for (const name of ["inset-block-start", "inset-inline-start", "max-block-size"]) box.style.removeProperty(name);
    if (matchMedia("(max-width: 40rem)").matches) return;
    const gap = 8, width = document.documentElement.clientWidth, below = innerHeight - near.bottom, above = near.top;
    const under = box.offsetHeight + 2 * gap <= below || below >= above;
    box.style.maxBlockSize = `min(34rem, ${(under ? below : above) - 2 * gap}px)`;
    box.style.insetBlockStart = `${under ? near.bottom + gap : near.top - gap - box.offsetHeight}px`;
    box.style.insetInlineStart = `${Math.min(Math.max(gap, near.left), width - box.offsetWidth - gap)}px`;
  };

  const open = (anchor) => {
    const name = anchor.closest("[data-evidence]").dataset.evidence;
    const card = data.cards[name];
    if (!card) return false;
    box.replaceChildren(...content(name, card, anchor.href, anchor.closest("section[id]")?.id, anchor.textContent));
    box.scrollTop = 0;
    opener = anchor;
    box.showPopover();
    place(anchor.getClientRects()[0] || anchor.getBoundingClientRect());
    box.focus({ preventScroll: true });
    return true;
  };

  for (const anchor of document.querySelectorAll("[data-evidence] a")) anchor.setAttribute("aria-haspopup", "dialog");
  document.addEventListener("click", (event) => {
    if (event.target.closest(".evidence-close")) return box.hidePopover();
    const anchor = event.target.closest("[data-evidence] a");
    const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (anchor && plain && open(anchor)) event.preventDefault();
    else if (event.target.closest("#evidence-card a")) box.hidePopover(); // the link goes elsewhere in this page, or away
  });
  box.addEventListener("toggle", (event) => {
    if (event.newState !== "closed" || !opener) return;
    if (box.contains(document.activeElement) || document.activeElement === document.body) opener.focus({ preventScroll: true });
    opener = null;
  });
})();
