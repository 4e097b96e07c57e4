/* The search. What is typed is turned by the rules of qantar.spellings, which stand in #qantar-search: Arabic words into
   stems, names into skeletons. Pagefind finds; the sentences come with their words marked. Every text is set as text. */
(() => {
  "use strict";
  const rules = JSON.parse(document.getElementById("qantar-search").textContent);
  const form = document.querySelector("form.search"), list = document.getElementById("search-results"), status = document.getElementById("search-status");
  const ARABIC = /[\u0620-\u064a\u0671-\u06d3]/;
  const SHOWN = 12;
  const WORD = /[\p{L}\p{M}\p{N}\u0640]+(?:[.,][\p{N}]+)*/gu;

  const normalise = (text) => text.normalize("NFKC").replace(/[\u064b-\u065f\u0670\u0640]/g, "").replace(/[أإآٱ]/g, "ا").replace(/ى/g, "ي").replace(/ة/g, "ه");

  const stem = (typed) => {
    let word = normalise(typed);
    if (word.startsWith(rules.conjunction) && word.length > rules.shortest) word = word.slice(rules.conjunction.length);
    const prefix = rules.prefixes.find((p) => word.startsWith(p) && word.length - p.length >= rules.shortest) || "";
    word = word.slice(prefix.length);
    const suffix = rules.suffixes.find((s) => word.endsWith(s) && word.length - s.length >= rules.shortest) || "";
    return word.slice(0, word.length - suffix.length);
  };

  const digraphs = new RegExp(`(${Object.keys(rules.digraphs).sort((a, b) => b.length - a.length).join("|")})|(.)`, "gsu");
  const skeleton = (name) => {
    const word = ARABIC.test(name) ? normalise(name).normalize("NFD") : name.toLowerCase();
    const sounds = word.replace(digraphs, (_, pair, letter) => (pair ? rules.digraphs[pair] : rules.consonants[letter] || "")).replace(/(.)\1+/gs, "$1");
    return sounds.length >= rules.least ? sounds : "";
  };
  window.qantarSpellings = { stem, skeleton }; // so that they can be held against qantar.spellings

  const words = (query) => query.match(WORD) || [];

  const make = (tag, content, attributes = {}) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...[content].flat());
    return node;
  };

  const marked = (text, wanted) => (text.match(/[\p{L}\p{M}\u0640]+|[^\p{L}\p{M}\u0640]+/gu) || []).map((piece) =>
    ARABIC.test(piece) && wanted.has(stem(piece)) ? make("mark", piece) : piece);

  // Pagefind marks what it found with <mark> in a text that is otherwise escaped; only these two tags are taken as such.
  const excerpt = (html) => html.split(/(<mark>.*?<\/mark>)/s).map((piece) => {
    const plain = new DOMParser().parseFromString(piece, "text/html").body.textContent;
    return piece.startsWith("<mark>") ? make("mark", plain) : plain;
  });

  const entry = ({ url, meta, excerpt: text, sub_results: parts }, wanted, typed) => {
    const address = new URL((meta.address || url).replace(/^\//, ""), document.baseURI);
    const hits = meta.kind === "sentence" ? [...new Set((meta.arabic.match(WORD) || []).filter((word) => wanted.has(stem(word)) || typed.has(word)))] : [];
    if (hits.length) address.searchParams.set("mark", hits.join(" "));
    const title = make("h2", make("a", meta.title, { href: address }));
    if (meta.kind) {
      return make("li", [
        title,
        meta.arabic ? make("p", marked(meta.arabic, wanted), { lang: "ar", dir: "rtl" }) : "",
        meta.english ? make("p", meta.english) : "",
      ], { class: `found-${meta.kind}` });
    }
    const sections = (parts || []).slice(0, 3).map((part) => make("li", [
      make("a", part.title, { href: new URL(part.url.replace(/^\//, ""), document.baseURI) }), make("p", excerpt(part.excerpt)),
    ]));
    return make("li", [title, sections.length ? make("ul", sections) : make("p", excerpt(text))], { class: "found-page" });
  };

  const search = async (query) => {
    const typed = words(query);
    list.replaceChildren();
    if (!typed.length) return void (status.textContent = "");
    status.textContent = "Searching…";
    let pagefind;
    try {
      pagefind = await import(new URL("pagefind/pagefind.js", document.baseURI));
      await pagefind.options({ baseUrl: "/", excerptLength: 24 });
    } catch {
      status.textContent = "The search does not run here; pages opened from a folder may not load it. The index and the lists below name what there is.";
      document.getElementById("search-else").hidden = false;
      return;
    }
    const names = typed.map(skeleton), turned = typed.map((word) => (ARABIC.test(word) ? stem(word) : word));
    const [byName, byWord] = await Promise.all([
      names.every(Boolean) ? pagefind.search(names.map((name) => rules.name + name).join(" ")) : { results: [] },
      pagefind.search(turned.join(" ")),
    ]);
    // Pagefind gives the nearest where nothing is equal; of names only the same will do.
    const same = ({ meta }) => names.every((name) => (meta.bones || "").split(" ").includes(rules.name + name));
    const named = (await Promise.all(byName.results.map(async (result) => [result, same(await result.data())]))).filter(([, is]) => is);
    const seen = new Set();
    const all = [...named.map(([result]) => result), ...byWord.results].filter(({ id }) => !seen.has(id) && seen.add(id));
    // For a word that is nowhere Pagefind takes off letters until something fits; what shares no beginning is not meant.
    const begins = turned.map((word) => word.toLowerCase().slice(0, 3));
    const meant = ({ meta, excerpt: text }) => same({ meta }) && byName.results.length
      || [...text.matchAll(/<mark>(.*?)<\/mark>/gs)].some(([, word]) => begins.some((begin) => word.toLowerCase().startsWith(begin)));
    const found = (await Promise.all(all.slice(0, SHOWN).map((result) => result.data()))).filter(meant);
    const wanted = new Set(typed.filter((word) => ARABIC.test(word)).map(stem));
    status.textContent = found.length ? `${all.length} ${all.length === 1 ? "result" : "results"}${all.length > SHOWN ? `, the first ${SHOWN}` : ""}` : "Nothing found.";
    list.replaceChildren(...found.map((data) => entry(data, wanted, new Set(typed))));
  };

  const query = new URLSearchParams(location.search).get("q") || "";
  for (const field of document.querySelectorAll("input[name=q]")) field.value = query;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const typed = form.elements.q.value;
    try { history.replaceState(null, "", `?q=${encodeURIComponent(typed)}`); } catch { /* from a folder */ }
    search(typed);
  });
  search(query);
})();
