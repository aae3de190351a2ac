/** A command line that cannot be read. */
export class CommandWordsError extends Error {
  override readonly name = "CommandWordsError";
}

/**
 * Splits a command line into its words, as a shell would: at blanks, outside quotes; a backslash takes the next character
 * as it is, save in single quotes. Nothing else of a shell is there: no variables, no patterns, no pipes.
 *
 * @throws CommandWordsError where a quote is not closed
 */
export function commandWords(line: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let index = 0; index < line.length; index += 1) {
    const character = line[index] as string;
    if (character === "\\" && quote !== "'") {
      index += 1;
      word = `${word ?? ""}${line[index] ?? ""}`;
    } else if (quote !== undefined) {
      if (character === quote) quote = undefined;
      else word = `${word ?? ""}${character}`;
    } else if (character === "'" || character === '"') {
      quote = character;
      word ??= "";
    } else if (/\s/u.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = `${word ?? ""}${character}`;
  }
  if (quote !== undefined) throw new CommandWordsError(`a quote (${quote}) is not closed`);
  return word === undefined ? words : [...words, word];
}
