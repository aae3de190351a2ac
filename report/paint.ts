/** Colours by meaning. Each takes a text and gives it back painted, or as it is. */
export interface Paint {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly doubtful: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

/** Paints with ANSI colours (ECMA-48 SGR), or not at all. */
export function createPaint(color: boolean): Paint {
  const style = (open: number, close: number) => (text: string) => (color ? `\u001b[${open}m${text}\u001b[${close}m` : text);
  return { good: style(32, 39), bad: style(31, 39), doubtful: style(33, 39), strong: style(1, 22), faint: style(2, 22) };
}
