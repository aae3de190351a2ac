export { renderJunit } from "./junit.ts";
export { killMatrixPage } from "./kill-matrix.ts";
export { canonicalJson, renderResults } from "./results.ts";
export { renderTerminal } from "./terminal.ts";
export { plural, printable, wrap } from "./text.ts";
