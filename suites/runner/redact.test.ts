import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AgentOutput } from "../../agents/index.ts";
import { memorySink, openTranscript, parseTranscript } from "../../transcript/index.ts";
import { redactOutput, secretsOf } from "./redact.ts";

/** What stands in the transcript of a stream after these pieces. */
function record(pieces: readonly string[], secrets: readonly string[]): string {
  const sink = memorySink();
  const recorder = redactOutput(openTranscript(sink, () => 0).tenant("a"), secrets);
  for (const text of pieces) recorder.record<AgentOutput>({ side: "agent", kind: "output", stream: "stdout", text });
  recorder.flush();
  return [...parseTranscript(sink.text())].map((line) => String(line["text"])).join("");
}

describe("redactOutput", () => {
  it.each([
    ["in one piece", ["Bearer s3cr3t-token!\n"], "Bearer [redacted]!\n"],
    ["cut in two", ["Bearer s3cr", "3t-token!\n"], "Bearer [redacted]!\n"],
    ["cut at every character", "s3cr3t-token".split(""), "[redacted]"],
    ["twice", ["s3cr3t-tokens3cr3t-token"], "[redacted][redacted]"],
    ["begun and not ended", ["s3cr3t-tok", "us"], "s3cr3t-tokus"],
    ["begun at the very end", ["s3cr3t-"], "s3cr3t-"],
  ])("replaces a secret %s", (_name, pieces, expected) => {
    expect(record(pieces, ["s3cr3t-token"])).toBe(expected);
  });

  it("lets no secret through however the output is cut, and alters nothing else", () => {
    const piece = fc.string({ unit: fc.constantFrom("a", "b", "ab", "aab", "x"), maxLength: 6 });
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = record(pieces, ["aab"]);
        expect(text).toBe(pieces.join("").replaceAll("aab", "[redacted]"));
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it("passes other events as they are, and takes an empty secret for none", () => {
    const sink = memorySink();
    const recorder = redactOutput(openTranscript(sink, () => 0).tenant("a"), [""]);
    recorder.record({ side: "agent", kind: "exited", life: 1, code: 0, signal: null });
    expect([...parseTranscript(sink.text())][0]).toMatchObject({ kind: "exited", life: 1 });
    expect(record(["plain"], [""])).toBe("plain");
  });
});

describe("secretsOf", () => {
  it("finds every credential of a kubeconfig", () => {
    const kubeconfig =
      'users:\n- name: a\n  user:\n    token: abc.def\n    client-key-data: "S2V5"\n    password: pw\n    username: me\n';
    expect(secretsOf(kubeconfig)).toEqual(["abc.def", "S2V5", "pw"]);
  });
});
