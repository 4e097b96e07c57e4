// Reads a file of Web Annotations as a stranger does, and prints what was understood as JSON.
//
// jsonld.js expands it in safe mode, which refuses every key and type that the W3C's context does not define and every
// relative address; then dokieli's library reads each annotation. Nothing is fetched: the context comes with the library.
import { readFile } from 'node:fs/promises';
import jsonld from 'jsonld';
import { parseStoredAnnotation } from '@dokieli/web-annotation';
import { WEB_ANNOTATION_CONTEXT_DOCUMENT } from './node_modules/@dokieli/web-annotation/dist/contexts/anno.js';

const CONTEXT = 'http://www.w3.org/ns/anno.jsonld';

async function documentLoader(url) {
  if (url !== CONTEXT) throw new Error(`not the context of Web Annotations: ${url}`);
  return { contextUrl: null, document: WEB_ANNOTATION_CONTEXT_DOCUMENT, documentUrl: url };
}

const document = JSON.parse(await readFile(process.argv[2], 'utf-8'));
try {
  const quads = await jsonld.toRDF(document, { documentLoader, safe: true, format: 'application/n-quads' });
  const annotations = document.first.items.map((item) => parseStoredAnnotation([item], item.id));
  process.stdout.write(JSON.stringify({ quads, annotations }));
} catch (error) {
  console.error(`${error.message} ${JSON.stringify(error.details?.event ?? {})}`);
  process.exitCode = 1;
}
