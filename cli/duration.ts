const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/**
 * A duration in milliseconds from `500ms`, `1s`, `1.5s`, `2m`, `1m30s`, `1h`. Undefined where it is none of these, or 0.
 * A number without a unit is none: it would be read as seconds by one and as milliseconds by the next.
 */
export function parseDuration(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) return undefined;
  let milliseconds = 0;
  for (const [, amount = "", unit = ""] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g))
    milliseconds += Number(amount) * (UNITS[unit] ?? Number.NaN);
  return milliseconds > 0 ? Math.round(milliseconds) || undefined : undefined;
}
