import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeWhole } from "./write-whole.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "write-whole-"));
  path = join(folder, "results.json");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Breaks off after its first part, as a disk does that has no more room. */
function* breakingOff(): Generator<string> {
  yield "half";
  throw new Error("no space left on device");
}

describe("writeWhole", () => {
  it("writes all parts, over what was there and with its mode", () => {
    writeFileSync(path, "longer than what comes");
    chmodSync(path, 0o640);
    writeWhole(path, () => ["a", "é", "\n"]);
    expect(readFileSync(path, "utf8")).toBe("aé\n");
    expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder)).toEqual(["results.json"]);
  });

  it("leaves nothing of a file that it cannot finish", () => {
    expect(() => writeWhole(path, breakingOff)).toThrow("no space left");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("leaves what was there, where it cannot finish", () => {
    writeFileSync(path, "before");
    expect(() => writeWhole(path, breakingOff)).toThrow("no space left");
    expect(readFileSync(path, "utf8")).toBe("before");
    expect(readdirSync(folder)).toEqual(["results.json"]);
  });

  it("does not take a failure of the text for one of the place", () => {
    writeFileSync(path, "before");
    const refused = function* (): Generator<string> {
      yield "half";
      throw Object.assign(new Error("not yours"), { code: "EACCES" });
    };
    expect(() => writeWhole(path, refused)).toThrow("not yours");
    expect(readFileSync(path, "utf8")).toBe("before");
  });

  it("writes what a symbolic link points to", () => {
    const link = join(folder, "link.json");
    writeFileSync(path, "before");
    symlinkSync("results.json", link);
    writeWhole(link, () => ["after"]);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(path, "utf8")).toBe("after");
  });

  it("says that a folder is none of its files, and leaves nothing beside it", () => {
    mkdirSync(path);
    expect(() => writeWhole(path, () => ["a"])).toThrow("EISDIR");
    expect(readdirSync(folder)).toEqual(["results.json"]);
  });

  it("writes into a pipe instead of replacing it", async ({ skip }) => {
    try {
      execFileSync("sh", ["-c", `mkfifo "$0"`, path], { stdio: "ignore" });
    } catch {
      return skip("there is no mkfifo");
    }
    const reader = spawn("cat", [path], { stdio: ["ignore", "pipe", "ignore"] });
    let read = "";
    reader.stdout.on("data", (text: Buffer) => (read += String(text)));
    const ended = once(reader, "close");
    writeWhole(path, () => ["through", " it"]);
    await ended;
    expect(read).toBe("through it");
    expect(statSync(path).isFIFO()).toBe(true);
  });

  it("writes a file in a folder where it may make none", ({ skip }) => {
    if (process.getuid?.() === 0) return skip("the superuser may make files anywhere");
    writeFileSync(path, "before");
    chmodSync(folder, 0o500);
    try {
      writeWhole(path, () => ["after"]);
    } finally {
      chmodSync(folder, 0o700);
    }
    expect(readFileSync(path, "utf8")).toBe("after");
  });
});
