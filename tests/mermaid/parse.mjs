// Reads diagrams as a JSON list from standard input and prints what Mermaid's own parser makes of each.
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";

// Mermaid looks for a browser when it is loaded.
const { window } = new JSDOM("");
Object.assign(globalThis, { window, document: window.document });
const { default: mermaid } = await import("mermaid");

async function parsed(source) {
  try {
    const { db, type } = await mermaid.mermaidAPI.getDiagramFromText(source);
    const edges = db.getEdges().map(({ start, end, text }) => [start, end, text]);
    const nodes = [...db.getVertices()].map(([id, { text, link, haveCallback }]) => [id, text, Boolean(link || haveCallback)]);
    return { type, nodes, edges };
  } catch (error) {
    return { error: String(error) };
  }
}

mermaid.initialize({ startOnLoad: false, securityLevel: "strict" });
const found = [];
for (const source of JSON.parse(readFileSync(0, "utf8"))) found.push(await parsed(source));
console.log(JSON.stringify(found));
