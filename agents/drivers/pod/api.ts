import { Buffer } from "node:buffer";
import type { ClusterHand, HandAnswer, HandRequest } from "../driver.ts";

/** A Kubernetes object as parsed JSON. */
export interface KubeObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: {
    readonly name?: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** The API server refused; the message is its own. */
export class ApiRefusal extends Error {
  override readonly name = "ApiRefusal";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Sends one request and gives the answer as JSON. @throws ApiRefusal with the server's words */
export async function call(hand: ClusterHand, path: string, request: HandRequest = {}): Promise<KubeObject> {
  const answer = await hand.open(path, request);
  const text = await textOf(answer);
  const parsed = parse(text);
  if (answer.status >= 400) throw refusalOf(answer.status, parsed, text);
  return parsed ?? {};
}

/** The same, where it is no matter that the object is not there. */
export async function callUnlessGone(hand: ClusterHand, path: string, request: HandRequest = {}): Promise<void> {
  try {
    await call(hand, path, request);
  } catch (error) {
    if (!(error instanceof ApiRefusal && error.status === 404)) throw error;
  }
}

/** The JSON lines of a watch, until it ends or the signal is aborted. @throws ApiRefusal where it is not begun */
export async function* watch(hand: ClusterHand, path: string, signal: AbortSignal): AsyncGenerator<KubeObject, void> {
  const answer = await hand.open(path, { signal });
  if (answer.status >= 400) {
    const text = await textOf(answer);
    throw refusalOf(answer.status, parse(text), text);
  }
  let rest = "";
  const decoder = new TextDecoder();
  for await (const piece of answer.body) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const parsed = parse(line);
      if (parsed !== undefined) yield parsed;
    }
  }
}

function refusalOf(status: number, answer: KubeObject | undefined, text: string): ApiRefusal {
  const message = typeof answer?.["message"] === "string" ? answer["message"] : text.trim();
  return new ApiRefusal(status, message === "" ? `HTTP ${status}` : message);
}

async function textOf({ body }: HandAnswer): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces).toString("utf8");
}

function parse(text: string): KubeObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as KubeObject) : undefined;
  } catch {
    return undefined;
  }
}
