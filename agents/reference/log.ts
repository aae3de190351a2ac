/** How grave an event is. */
export type LogLevel = "info" | "warn" | "error";

/** Writes one line an event: `fields` are facts beside the message. */
export type Log = (level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>) => void;

/** One `key=value` line a message on stderr, values quoted where they hold anything but plain characters. */
export const stderrLog: Log = (level, message, fields = {}) => {
  const pairs = Object.entries({ time: new Date().toISOString(), level, msg: message, ...fields });
  process.stderr.write(`${pairs.map(([key, value]) => `${key}=${quoted(value)}`).join(" ")}\n`);
};

/** What an error says, in one line. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}

function quoted(value: unknown): string {
  const text = typeof value === "string" ? value : String(value);
  return /^[\w./:+-]+$/.test(text) ? text : JSON.stringify(text);
}
