import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fileSink, memorySink, openTranscript, parseTranscript, readTranscriptFile, sha256, TranscriptError } from "./index.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "transcript-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("openTranscript", () => {
  it("numbers the lines of all tenants in one sequence on one clock", async () => {
    let time = 100;
    const sink = memorySink();
    await using transcript = openTranscript(sink, () => time);
    transcript.tenant("").record({ side: "run", kind: "header" });
    time = 101.5;
    transcript.tenant("a").record({ side: "rpc", kind: "request", call: 1 });
    transcript.tenant("b").record({ side: "api", kind: "commit" });
    expect([...parseTranscript(sink.text())]).toEqual([
      { seq: 0, t: 0, tenant: "", side: "run", kind: "header" },
      { seq: 1, t: 1.5, tenant: "a", side: "rpc", kind: "request", call: 1 },
      { seq: 2, t: 1.5, tenant: "b", side: "api", kind: "commit" },
    ]);
  });

  it("writes bytes once, before the line that refers to them, as text only where they are UTF-8", async () => {
    const sink = memorySink();
    await using transcript = openTranscript(sink, () => 0);
    const recorder = transcript.tenant("a");
    const binary = new Uint8Array([0xff, 0xfe]);
    expect(recorder.blob("text")).toBe(sha256("text"));
    expect(recorder.blob(Buffer.from("text"))).toBe(sha256("text"));
    recorder.blob(binary);
    const lines = [...parseTranscript(sink.text())];
    expect(lines.map((line) => [line["sha256"], line["text"] ?? line["base64"]])).toEqual([
      [sha256("text"), "text"],
      [sha256(binary), "//4="],
    ]);
  });

  it("tells subscribers of each line until they leave", async () => {
    await using transcript = openTranscript(memorySink(), () => 0);
    const seen: string[] = [];
    const leave = transcript.subscribe((line) => seen.push(line.kind));
    transcript.tenant("a").record({ side: "run", kind: "one" });
    leave();
    transcript.tenant("a").record({ side: "run", kind: "two" });
    expect(seen).toEqual(["one"]);
  });

  it("has each line in the file before record returns", async () => {
    const path = join(folder, "t.jsonl");
    await using transcript = openTranscript(fileSink(path), () => 0);
    transcript.tenant("a").record({ side: "run", kind: "one" });
    expect(readFileSync(path, "utf8")).toBe('{"seq":0,"t":0,"tenant":"a","side":"run","kind":"one"}\n');
  });
});

describe("readTranscriptFile", () => {
  const good = '{"seq":0,"t":0,"tenant":"","side":"run","kind":"header"}\n';

  it("passes over a torn last line", () => {
    const path = join(folder, "torn.jsonl");
    writeFileSync(path, `${good}{"seq":1,"t":`);
    expect([...readTranscriptFile(path)].map((line) => line.seq)).toEqual([0]);
  });

  it("reads lines longer than its buffer, cut inside a character", () => {
    const path = join(folder, "long.jsonl");
    const text = "ü".repeat(900_000);
    writeFileSync(path, `${good}${JSON.stringify({ seq: 1, t: 0, tenant: "", side: "run", kind: "blob", text })}\n`);
    expect([...readTranscriptFile(path)][1]?.["text"]).toBe(text);
  });

  it.each([
    ["no JSON", `${good}nonsense\n${good}`, "not JSON"],
    ["no line", `${good}{"seq":1}\n${good}`, "lacks one of"],
  ])("names the line where it is broken: %s", (_name, text, problem) => {
    expect(() => [...parseTranscript(text)]).toThrow(TranscriptError);
    expect(() => [...parseTranscript(text)]).toThrow(`line 2: ${problem}`);
  });
});
