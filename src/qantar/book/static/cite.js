/* How to cite what stands beside the control: a dialog with every format, made from #qantar-cite in the page.
     root       way to the root of the site       address     what the address is called
     permalink  address of the page, empty if it is the page itself
     templates  by kind, one text a format, with signs in the place of title, label, file and the label for TeX
     labels     [kind, title, forms]: by format what stands in the place of the title if not the title itself, or, in a
                list, a text that is not of the template
     rows       by the letters that begin a label, the file of its table
   Every text is set as text, never as markup. */
(() => {
  "use strict";
  const block = document.getElementById("qantar-cite");
  if (!block || !HTMLDialogElement.prototype.showModal) return; // the links do without
  const FORMATS = [["APA"], ["Chicago"], ["BibTeX", "bib"], ["RIS", "ris"], ["CSL-JSON", "json"]];
  const ARABIC = /([\u0600-\u06ff\u200c-\u200f]+(?:\s+[\u0600-\u06ff\u200c-\u200f]+)*)/;
  let data = null, opener = null;

  const make = (tag, content, attributes = {}) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...[content ?? []].flat(9));
    return node;
  };
  const inline = (text) => text.split(ARABIC).map((piece, n) => (n % 2 ? make("bdi", piece, { lang: "ar", dir: "rtl" }) : piece));

  // The title comes last, for it may hold anything.
  const put = (text, sign, content) => text.split(sign).join(content);
  const fill = (template, title, label, file) =>
    put(put(put(put(template, "\ue002", label), "\ue004", put(label, "_", "\\_")), "\ue003", file), "\ue001", title);

  const named = (label) => {
    if (Object.hasOwn(data.labels, label)) return data.labels[label];
    return /^s\d+$/.test(label) ? ["sentence", `Sentence ${label}`] : ["row", `Row ${label}`];
  };
  const texts = (label) => {
    const [kind, title, forms = []] = named(label);
    const file = data.rows[label.replace(/\d+$/, "")] || "";
    return FORMATS.map((_, n) => (Array.isArray(forms[n]) ? forms[n][0] : fill(data.templates[kind][n], forms[n] ?? title, label, file)));
  };

  const permalink = (label) => {
    const here = location.href.split(/[?#]/)[0];
    const inEdition = data.permalink && here.endsWith(`/${data.permalink.replace(/^(\.\.\/)+/, "")}`);
    return `${data.permalink && !inEdition ? new URL(data.permalink, here).href : here}#${label}`;
  };

  const copyBySelection = (text) => {
    const field = make("textarea", text, { class: "cite-scratch", readonly: "", "aria-hidden": "true" });
    box.append(field);
    field.select();
    let done = false;
    try { done = document.execCommand("copy"); } catch { /* not allowed */ }
    field.remove();
    return done;
  };
  const copied = async (text) => {
    try { await navigator.clipboard.writeText(text); return true; } catch { return copyBySelection(text); }
  };

  const copyButton = (name, text, shown) => {
    const button = make("button", "Copy", { type: "button", "aria-label": `Copy ${name}` });
    button.addEventListener("click", async () => {
      const done = await copied(text);
      if (!done) {
        shown.closest("details")?.setAttribute("open", "");
        getSelection().selectAllChildren(shown);
      }
      button.focus();
      button.textContent = done ? "Copied" : "Selected";
      status.textContent = done ? `${name} copied` : `${name} is selected; copy it with the keyboard`;
      setTimeout(() => { button.textContent = "Copy"; }, 1500);
    });
    return button;
  };

  const part = (name, text, ending, label) => {
    const shown = make(ending ? "pre" : "p", inline(text), { class: ending ? "cite-code" : "cite-text" });
    const download = ending ? make("a", `.${ending}`, { href: `${data.root}cite/${label}.${ending}`, download: "", "aria-label": `Download .${ending} (${name})` }) : [];
    return make("section", [
      make("div", [make("h3", name), download, copyButton(name, text, shown)], { class: "cite-head" }),
      ending ? make("details", [make("summary", `Show ${name}`), shown]) : shown,
    ], { class: "cite-part" });
  };

  const content = (label, page) => {
    const [kind, title] = named(label);
    const made = texts(label);
    return [
      make("h2", [make("small", `Cite: ${kind} ${label}`), inline(title)], { id: "cite-title", tabindex: "-1" }),
      FORMATS.map(([name, ending], n) => part(name, made[n], ending, label)),
      part(data.address, permalink(label)),
      make("p", [make("a", "All of this on a page", { href: page }), " · ", make("a", "Cite the whole book", { href: `${data.root}cite/book.html` })], { class: "cite-more" }),
    ];
  };

  const sheet = make("div", null, { class: "cite-sheet" });
  const close = make("button", "×", { type: "button", class: "cite-close", "aria-label": "Close" });
  const status = make("p", "", { class: "cite-status", role: "status" });
  const box = make("dialog", [sheet, close, status], { class: "cite-dialog", "aria-labelledby": "cite-title" });
  document.body.append(box);

  const open = (anchor) => {
    data ??= JSON.parse(block.textContent);
    const label = decodeURIComponent(anchor.pathname.replace(/^.*\//, "").replace(/\.html$/, ""));
    opener = anchor;
    sheet.replaceChildren(...content(label, anchor.getAttribute("href")).flat(9));
    sheet.scrollTop = 0;
    status.textContent = "";
    box.showModal();
    sheet.querySelector("h2").focus();
  };

  for (const anchor of document.querySelectorAll("a.cite")) anchor.setAttribute("aria-haspopup", "dialog");
  document.addEventListener("click", (event) => {
    const anchor = event.target.closest("a.cite");
    if (!anchor || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(anchor);
  });
  close.addEventListener("click", () => box.close());
  box.addEventListener("click", (event) => { if (event.target === box) box.close(); }); // beside the sheet
  box.addEventListener("close", () => opener?.focus({ preventScroll: true }));
})();
