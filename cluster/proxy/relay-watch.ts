import { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { write, type EndReason } from "../embedded/api/exchange.ts";
import type { ApiFaultRequest, ApiFaultQueue, PendingApiFault } from "../faults/queue.ts";
import { statusOf } from "../faults/status.ts";
import type { ApiFaultSpec } from "../faults/types.ts";
import { goAway, type Connections } from "./connections.ts";
import type { ProxyExchange } from "./exchange.ts";
import { readBody, writeOn } from "./read-body.ts";
import type { ProxyRecording } from "./recording.ts";
import type { Sightings } from "./types.ts";
import { LineCutter, readEvent, type SeenEvent } from "./watch-frames.ts";

/** The API server ends a watch that names no timeout after half an hour at the earliest. */
const DEFAULT_TIMEOUT_MS = 1_800_000;
/** How much earlier than asked for a watch may seem to end, for clocks that differ. */
const CLOCK_GRACE_MS = 50;

/** What a watch works with. */
export interface WatchSurroundings {
  readonly recording: ProxyRecording;
  readonly sightings: Sightings | undefined;
  readonly queue: ApiFaultQueue;
  readonly connections: Connections;
}

/** A fault that waits for events of this watch; `left` is set once it has fired. */
interface EventFault {
  readonly fault: PendingApiFault;
  readonly spec: ApiFaultSpec & { readonly fault: "api-drop-event" | "api-duplicate-event" };
  left?: number;
}

/** A watch of the agent's that the server has accepted: passes its events on one by one, save for what faults do to them. */
export class OpenWatch {
  readonly #exchange: ProxyExchange;
  readonly #resource: string;
  readonly #around: WatchSurroundings;
  readonly #cutter = new LineCutter();
  readonly #startedAt = performance.now();
  #eventFaults: EventFault[] = [];
  #frozenBy: PendingApiFault | undefined;
  #sentError = false;
  #over = false;

  constructor(exchange: ProxyExchange, resource: string, around: WatchSurroundings) {
    this.#exchange = exchange;
    this.#resource = resource;
    this.#around = around;
  }

  get facts(): ApiFaultRequest {
    return this.#exchange.facts;
  }

  /** The fault that holds the watch up, if one does. */
  get frozenBy(): PendingApiFault | undefined {
    return this.#frozenBy;
  }

  /** Passes on until the server or a fault ends it. Rejects where the server breaks off. */
  async relay(answer: IncomingMessage): Promise<void> {
    try {
      await readBody(answer, this.#exchange.reply, { take: (chunk) => this.#take(chunk), end: () => {} });
    } catch (error) {
      if (this.#frozenBy === undefined && !this.#over) throw error;
    }
    if (this.#frozenBy !== undefined || this.#over) return;
    const rest = this.#cutter.rest();
    if (rest.length > 0) write(this.#exchange.reply, rest);
    this.#end(this.#reasonOfEnd());
  }

  /** Hands over a fault that waits for this watch. */
  suffer(fault: PendingApiFault): void {
    const { spec } = fault;
    if (this.#over || this.#exchange.signal.aborted) return;
    if (spec.fault === "api-drop-event" || spec.fault === "api-duplicate-event") {
      this.#eventFaults.push({ fault, spec });
      return;
    }
    // A watch over HTTP/1.1 has its connection to itself, and its head is sent.
    if (spec.fault === "api-goaway" && !("stream" in this.#exchange.reply)) return;
    if (this.#frozenBy !== undefined && spec.fault === "api-freeze-watch") return;
    if (!this.#around.queue.fire(fault, this.#exchange.req)) return;
    if (spec.fault === "api-goaway") goAway(this.#exchange.reply);
    else if (spec.fault === "api-freeze-watch") this.#freeze(fault);
    else if (spec.fault === "api-end-watch") this.#end("fault");
    else if (spec.fault === "api-error-event") this.#fail(spec);
    else if (spec.fault === "api-reset") this.#reset();
  }

  /** The faults are cleared: a frozen watch ends, so that its agent may begin anew. */
  thaw(): void {
    this.#eventFaults = [];
    if (this.#frozenBy !== undefined) this.#end("fault");
  }

  #take(chunk: Buffer): boolean {
    const passed: Buffer[] = [];
    for (const line of this.#cutter.push(chunk)) {
      const copies = this.#judge(readEvent(line));
      for (let copy = 0; copy < copies; copy += 1) passed.push(line);
    }
    const [first] = passed;
    if (first === undefined) return true;
    return writeOn(this.#exchange.reply, passed.length === 1 ? first : Buffer.concat(passed));
  }

  /** How often a line is passed on; each time is recorded. */
  #judge(event: SeenEvent | undefined): number {
    if (event !== undefined) this.#tell(event);
    if (this.#over || this.#frozenBy !== undefined) return 0;
    const readable = event !== undefined && (event.type === "ERROR" || event.object !== undefined);
    if (!readable) this.#exchange.unread ??= "an event that is not the JSON of one";
    if (event === undefined) return 1;
    const copies = this.#copies(event);
    if (readable) for (let copy = 0; copy < copies; copy += 1) this.#record(event);
    return copies;
  }

  #tell({ type, object }: SeenEvent): void {
    if (type === "BOOKMARK" || type === "ERROR" || object === undefined) return;
    this.#around.sightings?.event(this.#resource, type, object);
  }

  #record({ type, object, initialEventsEnd }: SeenEvent): void {
    const { recording } = this.#around;
    const { req } = this.#exchange;
    if (type === "ERROR") this.#sentError = true;
    if (object === undefined) recording.event(req, this.#resource, type);
    else if (type === "BOOKMARK")
      recording.event(req, this.#resource, type, ["", object.resourceVersion, null], initialEventsEnd);
    else recording.event(req, this.#resource, type, recording.ref(this.#resource, object));
  }

  #copies(event: SeenEvent): 0 | 1 | 2 {
    if (event.type === "ERROR") return 1;
    for (const waiting of this.#eventFaults) {
      const { type, count = 1 } = waiting.spec;
      if (type === undefined ? event.type === "BOOKMARK" : type !== event.type) continue;
      if (waiting.left === undefined && !this.#around.queue.fire(waiting.fault, this.#exchange.req)) continue;
      waiting.left = (waiting.left ?? count) - 1;
      if (waiting.left === 0) this.#eventFaults = this.#eventFaults.filter((other) => other !== waiting);
      return waiting.spec.fault === "api-drop-event" ? 0 : 2;
    }
    return 1;
  }

  #freeze(fault: PendingApiFault): void {
    this.#frozenBy = fault;
    this.#eventFaults = [];
  }

  #fail(spec: ApiFaultSpec & { readonly fault: "api-error-event" }): void {
    const { recording } = this.#around;
    recording.event(this.#exchange.req, this.#resource, "ERROR");
    write(this.#exchange.reply, Buffer.from(`${JSON.stringify({ type: "ERROR", object: statusOf(spec) })}\n`));
    this.#end("fault");
  }

  #reset(): void {
    this.#over = true;
    this.#exchange.endReason = "fault";
    this.#around.connections.reset(this.#exchange.reply);
  }

  #end(reason: EndReason): void {
    if (this.#over) return;
    this.#over = true;
    this.#exchange.endReason ??= reason;
    if (!this.#exchange.signal.aborted) this.#exchange.reply.end();
  }

  /** A server does not say why it ends a watch. */
  #reasonOfEnd(): EndReason {
    if (this.#sentError) return "server";
    const asked = Number(this.#exchange.info.query.get("timeoutSeconds") ?? 0) * 1000;
    const lasted = performance.now() - this.#startedAt;
    return lasted >= (asked > 0 ? asked : DEFAULT_TIMEOUT_MS) - CLOCK_GRACE_MS ? "timeout" : "server";
  }
}
