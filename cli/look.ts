/** Colours only on a terminal and without NO_COLOR (https://no-color.org); 100 columns where there is no terminal. */
export function terminalLook(): { readonly color: boolean; readonly width: number } {
  const { isTTY, columns } = process.stdout;
  return { color: isTTY && (process.env["NO_COLOR"] ?? "") === "", width: isTTY ? Math.min(columns, 120) : 100 };
}
