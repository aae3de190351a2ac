export { renderJunit, type JunitOptions } from "./junit.ts";
export { canonicalJson, renderResults } from "./results.ts";
export { renderTerminal, type TerminalOptions } from "./terminal.ts";
export { createPaint, type Paint } from "./paint.ts";
export { plural, printable, wrap } from "./text.ts";
