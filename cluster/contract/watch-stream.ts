import type { Readable } from "node:stream";
import type { Json } from "./client.ts";

/** One line of a watch. */
export interface WatchedEvent {
  readonly type: string;
  readonly object: Json;
}

const EVENT_TIMEOUT_MS = 15_000;

/** A watch that is read event by event, and can be left unread. */
export class WatchStream {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly #stream: Readable;
  readonly #close: () => void;
  readonly #events: WatchedEvent[] = [];
  /** Pieces of the line that has begun. */
  #rest: string[] = [];
  #received = 0;
  #ended = false;
  #failure: Error | undefined;
  #wake: () => void = () => {};

  constructor(status: number, headers: Readonly<Record<string, string | undefined>>, stream: Readable, close: () => void) {
    this.status = status;
    this.headers = headers;
    this.#stream = stream;
    this.#close = close;
    stream.setEncoding("utf8");
    stream.on("data", (text: string) => this.#take(text));
    stream.on("end", () => this.#finish());
    stream.on("error", (error: Error) => {
      this.#failure = error;
      this.#finish();
    });
    stream.on("close", () => this.#finish());
  }

  /** Characters that have come. */
  get received(): number {
    return this.#received;
  }

  /** Whether the end came without an error of the connection. */
  get endedCleanly(): boolean {
    // A session that is lost takes its HTTP/2 streams along without an error, and with what looks like an end.
    const { rstCode = 0 } = this.#stream as { readonly rstCode?: number };
    return this.#ended && this.#failure === undefined && rstCode === 0;
  }

  /** The next event; undefined at the end of the stream. Rejects where neither comes in time. */
  async next(): Promise<WatchedEvent | undefined> {
    const event = this.#events.shift();
    if (event !== undefined || this.#ended) return event;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no watch event within ${EVENT_TIMEOUT_MS} ms`)), EVENT_TIMEOUT_MS);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    return this.next();
  }

  /** Reads so many events. */
  async take(count: number): Promise<readonly WatchedEvent[]> {
    const events: WatchedEvent[] = [];
    while (events.length < count) {
      const event = await this.next();
      if (event === undefined) break;
      events.push(event);
    }
    return events;
  }

  /** Reads until the stream ends. */
  async rest(): Promise<readonly WatchedEvent[]> {
    return this.take(Number.POSITIVE_INFINITY);
  }

  /** Stops reading from the connection. */
  pause(): void {
    this.#stream.pause();
  }

  resume(): void {
    this.#stream.resume();
  }

  close(): void {
    this.#close();
  }

  #take(text: string): void {
    this.#received += text.length;
    const [end = "", ...begun] = text.split("\n");
    this.#rest.push(end);
    for (const next of begun) {
      this.#events.push(JSON.parse(this.#rest.join("")) as WatchedEvent);
      this.#rest = [next];
    }
    this.#wake();
  }

  #finish(): void {
    this.#ended = true;
    this.#wake();
  }
}
