/** C0 and C1 controls, DEL, line separators, and the marks that turn the writing direction around. */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;

/**
 * A text of unknown origin on one terminal line: what an agent sent can neither move the cursor nor forge a line.
 * Control characters become their JSON escape (`\u001b`, `\n`).
 */
export function printable(text: string): string {
  return text.replaceAll(UNPRINTABLE, (character) => {
    const json = JSON.stringify(character).slice(1, -1);
    return json.startsWith("\\") ? json : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** Breaks a text at spaces into lines of at most `width` characters; a longer word stands alone. Never returns an empty array. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** "1 check", "2 checks". */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
