const WIDTH = 110;

/** Text as comment lines of YAML, wrapped; `lead` goes before the first line and blanks of its length before the others. */
export function comment(text: string, lead = ""): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line !== "" && line.length + word.length + lead.length + 3 > WIDTH) {
      lines.push(line);
      line = "";
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.map((part, index) => `# ${index === 0 ? lead : " ".repeat(lead.length)}${part}`);
}
