import type { FindingCode } from "../../server-mock/ingest/index.ts";
import type { Check, CheckContext } from "./check.ts";
import { throughout } from "./proof.ts";
import { type Case, fail, type Failure, pass, type ScenarioVerdict } from "./verdict.ts";
import { callText, count } from "./words.ts";

/** Which requirement a finding of ingest breaks; the others are no matter of encoding. */
const blameOfFinding: Readonly<Partial<Record<FindingCode, string>>> = {
  "not-a-message": "KAS-ENC-1",
  empty: "KAS-ENC-1",
  gzip: "KAS-ENC-1",
  "raw-deflate": "KAS-ENC-1",
  plain: "KAS-ENC-1",
  "not-zlib": "KAS-ENC-1",
  truncated: "KAS-ENC-1",
  checksum: "KAS-ENC-1",
  "preset-dictionary": "KAS-ENC-1",
  corrupt: "KAS-ENC-1",
  "too-large": "KAS-ENC-1",
  "trailing-bytes": "KAS-ENC-2",
  "byte-order-mark": "KAS-ENC-3",
  "not-utf8": "KAS-ENC-3",
  "empty-text": "KAS-ENC-3",
  "not-json": "KAS-ENC-3",
  "too-deep": "KAS-ENC-3",
  "several-documents": "KAS-ENC-3",
  array: "KAS-ENC-4",
  list: "KAS-ENC-4",
  scalar: "KAS-ENC-4",
  "info-used": "KAS-ENC-5",
};

/** The findings that break one requirement, in every distinct list of entries. */
function casesOf({ oracle, target }: CheckContext, id: string): readonly Case[] {
  const allowed = new Set<string>(target.entryShapes);
  return oracle.distinctUploads.flatMap(({ call, snapshot }) =>
    snapshot.entries.flatMap((reading, entry) =>
      reading.findings
        .filter(({ code }) => blameOfFinding[code] === id && !allowed.has(code))
        .map(({ problem, offset, offsetIn }) => {
          const where =
            offset === undefined ? "" : ` at byte ${offset} of ${offsetIn === "text" ? "the inflated text" : "compressed_info"}`;
          return { at: call, text: `${callText(call)}, entry ${entry} (${reading.type ?? "no type"}): ${problem}${where}` };
        }),
    ),
  );
}

function encodingCheck(id: string, readsContent: boolean, failure: Omit<Failure, "cases">, fine: string): Check {
  return {
    id,
    readsContent,
    run(context): ScenarioVerdict {
      const cases = casesOf(context, id);
      if (cases.length > 0) return fail({ ...failure, cases });
      const { uploads } = context.oracle;
      const entries = uploads.reduce((sum, { snapshot }) => sum + snapshot.entries.length, 0);
      return pass(
        throughout(context, uploads.at(-1)?.call),
        `${count(entries, "entry").replace(/entrys$/, "entries")} in ${count(uploads.length, "snapshot")}: ${fine}`,
      );
    },
  };
}

/** KAS-ENC-1. */
export const wholeZlibStream = encodingCheck(
  "KAS-ENC-1",
  false,
  {
    problem: "compressed_info is not one whole zlib stream",
    consequence:
      "One such entry costs the whole cluster: since v7.1.6 the record is stored empty, before that every gather of the cluster fails.",
    mend: "Compress each object with zlib (RFC 1950): in Go compress/zlib, in Python zlib.compress, in Node zlib.deflateSync; close the stream.",
  },
  "all whole zlib streams",
);

/** KAS-ENC-2. */
export const nothingAfterStream = encodingCheck(
  "KAS-ENC-2",
  true,
  {
    problem: "bytes follow the zlib stream in compressed_info",
    consequence: "The real server reads the first stream and silently ignores the rest.",
    mend: "Send one stream an entry, cut to its length.",
  },
  "nothing follows the streams",
);

/** KAS-ENC-3. */
export const oneJsonDocument = encodingCheck(
  "KAS-ENC-3",
  true,
  {
    problem: "what compressed_info inflates to is not one JSON document in UTF-8",
    consequence:
      "The real server fails the whole sync at the first text that it cannot parse, and ignores whatever follows the first document.",
    mend: "Write one JSON document an entry, in UTF-8, without a byte-order mark.",
  },
  "each one JSON document in UTF-8",
);

/** KAS-ENC-4. */
export const documentShape = encodingCheck(
  "KAS-ENC-4",
  true,
  {
    problem: "the document has a shape that the target does not read",
    consequence: "The real server answers OK and silently drops arrays and Lists: no resource of them ever shows.",
    mend: "Send one entry for each object, and repeat the type in each.",
  },
  "each document in a shape that the target reads",
);

/** KAS-ENC-5. */
export const infoUnused = encodingCheck(
  "KAS-ENC-5",
  false,
  {
    problem: "the object stands in the field info",
    consequence: "No server version reads info; an entry without compressed_info fails the whole sync.",
    mend: "Put the object into compressed_info (field 3), compressed with zlib.",
  },
  "info is used nowhere",
);

/** Why the content of a scenario cannot be judged: the requirement to blame, and where. */
export function contentTrouble({
  oracle,
}: CheckContext): { readonly id: string; readonly text: string; readonly seq: number } | undefined {
  for (const { call, snapshot } of oracle.distinctUploads) {
    const [first] = snapshot.unreadable;
    if (!first) continue;
    const { entry, reading } = first;
    const id = reading.findings.map(({ code }) => blameOfFinding[code]).find((blamed) => blamed !== undefined) ?? "KAS-ENC-1";
    return {
      id,
      seq: call.seq,
      text: `${callText(call)}, entry ${entry} cannot be read (${reading.findings[0]?.problem ?? "no object in it"})`,
    };
  }
  return undefined;
}
