// Measures pages of a site as Lighthouse does by default, a phone on a slow network, and prints a table.
//
//   node measure.mjs FOLDER PAGE...
//
// The folder is served with gzip, as servers send text. A page is loaded three times in a fresh browser, and its median
// run counts. The scores follow the machine and its load: they are a trend, so that nothing here fails because of them.
import { createServer } from "node:http";
import { launch } from "chrome-launcher";
import compression from "compression";
import lighthouse from "lighthouse";
import { computeMedianRun } from "lighthouse/core/lib/median-run.js";
import sirv from "sirv";

const RUNS = 3;
const WANTED = { performance: 0.95, accessibility: 1, "best-practices": 1, seo: 1 };
const FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"];
const HEAD = ["page", ...Object.keys(WANTED), "LCP s", "TBT ms", "CLS", "kB", "requests"];

const [folder, ...pages] = process.argv.slice(2);

function serve(root) {
  const files = sirv(root, { etag: true });
  const pack = compression();
  const server = createServer((request, response) =>
    pack(request, response, () => files(request, response, () => { response.statusCode = 404; response.end(); })));
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

async function run(address) {
  const chrome = await launch({ chromeFlags: FLAGS });
  try {
    const { lhr } = await lighthouse(address, { port: chrome.port, logLevel: "error", onlyCategories: Object.keys(WANTED) });
    if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
    return lhr;
  } finally {
    chrome.kill();
  }
}

const score = (result, category) => result.categories[category].score;
const short = Object.entries(WANTED);

function row(page, result) {
  const value = (audit) => result.audits[audit].numericValue;
  return [
    page, ...short.map(([name]) => score(result, name).toFixed(2)),
    (value("largest-contentful-paint") / 1000).toFixed(2), value("total-blocking-time").toFixed(0),
    value("cumulative-layout-shift").toFixed(3), (value("total-byte-weight") / 1000).toFixed(0),
    String(result.audits["network-requests"].details.items.filter((item) => item.url.startsWith("http")).length),
  ];
}

// What keeps a category below what is wanted of it, a line each: the audits that cost it points, the dearest first.
function shortfalls(page, result) {
  return short.filter(([name, wanted]) => score(result, name) < wanted).map(([name, wanted]) => {
    const lost = result.categories[name].auditRefs
      .map(({ id, weight }) => ({ id, cost: weight * (1 - (result.audits[id].score ?? 1)) }))
      .filter(({ cost }) => cost > 0).sort((a, b) => b.cost - a.cost).map(({ id }) => id);
    return `${page}: ${name} ${score(result, name).toFixed(2)}, below ${wanted}: ${lost.join(", ")}`;
  });
}

function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((cells) => cells[column].length)));
  return rows.map((cells) => cells.map((cell, n) => (n ? cell.padStart(widths[n]) : cell.padEnd(widths[n]))).join("  ")).join("\n");
}

const server = await serve(folder);
const rows = [HEAD], notes = [];
for (const page of pages) {
  const results = [];
  for (let n = 1; n <= RUNS; n += 1) {
    process.stderr.write(`${page}: run ${n} of ${RUNS}\n`);
    try {
      results.push(await run(`http://127.0.0.1:${server.address().port}/${page}`));
    } catch (error) {
      notes.push(`${page}: run ${n} did not end: ${error.message}`);
    }
  }
  if (!results.length) continue;
  const median = results.length > 1 ? computeMedianRun(results) : results[0];
  rows.push(row(page, median));
  notes.push(...shortfalls(page, median));
}
server.close();
console.log([table(rows), ...notes].join("\n"));
