import { describe, expect, it } from "vitest";
import { commandWords } from "./command-words.ts";

describe("commandWords", () => {
  it.each<[string, readonly string[]]>([
    ["", []],
    ["  ./agent   --no-watch ", ["./agent", "--no-watch"]],
    [
      `env POLICY='watch disabled' "./my agent" --id {cluster_id}`,
      ["env", "POLICY=watch disabled", "./my agent", "--id", "{cluster_id}"],
    ],
    [String.raw`./my\ agent "a \"b\"" 'c\d' ''`, ["./my agent", 'a "b"', String.raw`c\d`, ""]],
    ["sh -c 'a | b'", ["sh", "-c", "a | b"]],
  ])("reads %j", (line, words) => {
    expect(commandWords(line)).toEqual(words);
  });

  it("refuses a quote that is not closed", () => {
    expect(() => commandWords("./agent 'x")).toThrow("not closed");
  });
});
