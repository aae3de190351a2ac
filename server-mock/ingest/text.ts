import { isAscii, isUtf8 } from "node:buffer";
import { tooDeepAt } from "./depth.ts";
import { scanJson, skipSpace } from "./json-scan.ts";
import type { Finding, FindingCode } from "./types.ts";

const REPLACEMENT = "\ufffd";
const NO_FINDINGS: readonly Finding[] = [];

/** What a text held: the first JSON document where there is one, and each deviation from exactly one in UTF-8. */
export interface TextReading {
  /** Wrapped, since null is a document. */
  readonly document?: { readonly value: unknown };
  readonly findings: readonly Finding[];
}

/** Reads a text as one JSON document in UTF-8 without a byte-order mark, as far as it can (protocol.md 3). */
export function readText(text: Buffer, maxDepth: number): TextReading {
  const mark = text[0] === 0xef && text[1] === 0xbb && text[2] === 0xbf ? 3 : 0;
  const body = mark === 0 ? text : text.subarray(mark);
  if (skipSpace(body, 0) >= body.length) return { findings: [finding("empty-text", 0, "the text is empty")] };
  if (isUtf16(body)) return { findings: [finding("not-utf8", 0, "the text is UTF-16, not UTF-8")] };

  const findings: Finding[] = [];
  if (mark > 0) findings.push(finding("byte-order-mark", 0, "the text begins with a byte-order mark (ef bb bf)"));
  const ascii = isAscii(body);
  if (!ascii && !isUtf8(body)) {
    findings.push(finding("not-utf8", mark + firstInvalidByte(body), "the text is not UTF-8"));
  }
  const deep = tooDeepAt(body, maxDepth);
  if (deep !== undefined) {
    return { findings: [...findings, finding("too-deep", mark + deep, `the document nests deeper than ${maxDepth} levels`)] };
  }
  const encoding = ascii ? "latin1" : "utf8";
  const value = parse(body.toString(encoding));
  if (value) return { document: value, findings: findings.length === 0 ? NO_FINDINGS : findings };

  const scan = scanJson(body);
  if (!scan.ok)
    return { findings: [...findings, finding("not-json", mark + scan.offset, `the text is not JSON: ${scan.problem}`)] };
  const rest = skipSpace(body, scan.end);
  findings.push(finding("several-documents", mark + rest, "something follows the first JSON document in the text"));
  const first = parse(body.toString(encoding, 0, scan.end));
  return first ? { document: first, findings } : { findings };
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

function isUtf16(bytes: Buffer): boolean {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  return bytes.length > 1 && (first === 0 || second === 0);
}

/** Where decoding first put a replacement character for bytes that are not one themselves. */
function firstInvalidByte(bytes: Buffer): number {
  const text = bytes.toString("utf8");
  let offset = 0;
  let from = 0;
  for (let index = text.indexOf(REPLACEMENT); index >= 0; index = text.indexOf(REPLACEMENT, from)) {
    offset += Buffer.byteLength(text.slice(from, index));
    if (bytes.toString("latin1", offset, offset + 3) !== "\u00ef\u00bf\u00bd") return offset;
    offset += 3;
    from = index + 1;
  }
  return bytes.length;
}

function finding(code: FindingCode, offset: number, problem: string): Finding {
  return { code, offset, offsetIn: "text", problem };
}
