import type { IncomingMessage } from "node:http";
import type { ClusterAccess } from "../kubernetes/access.ts";
import { createHttpAgent, sendRequest } from "../kubernetes/api-client.ts";
import { isObject } from "../kubernetes/objects.ts";

/** What a Lease says, as far as an election goes by it. */
export interface LeaseRecord {
  /** Empty: nobody. */
  readonly holder: string;
  readonly durationMs: number;
  /** RFC 3339 with microseconds. */
  readonly renewTime: string;
  readonly transitions: number;
  readonly resourceVersion: string;
}

/** What a holder writes. */
export type LeaseClaim = Omit<LeaseRecord, "resourceVersion" | "renewTime"> & { readonly acquired: boolean };

/** One Lease at the API server. */
export interface LeaseClient {
  /** Undefined where there is none. Rejects for any other answer than 200 and 404. */
  read(signal: AbortSignal): Promise<LeaseRecord | undefined>;
  /** Creates it, or replaces what was read; false where somebody else was faster (409). */
  write(claim: LeaseClaim, over: LeaseRecord | undefined, signal: AbortSignal): Promise<boolean>;
  close(): void;
}

const SILENCE_MS = 5_000;

/** A client of one Lease (coordination.k8s.io/v1). Nothing is sent before the first call. */
export function createLeaseClient(
  access: ClusterAccess,
  place: { readonly namespace: string; readonly name: string },
): LeaseClient {
  const agent = createHttpAgent(access);
  const collection = `/apis/coordination.k8s.io/v1/namespaces/${encodeURIComponent(place.namespace)}/leases`;
  const path = `${collection}/${encodeURIComponent(place.name)}`;
  let acquireTime = "";

  async function send(method: string, to: string, signal: AbortSignal, body?: object): Promise<{ status: number; text: string }> {
    const headers = { "Content-Type": "application/json" };
    const options = { method, agent, signal, headers, timeout: SILENCE_MS };
    const answer = await sendRequest(access, to, options, body && JSON.stringify(body));
    return { status: answer.statusCode ?? 0, text: await textOf(answer) };
  }

  return {
    async read(signal) {
      const { status, text } = await send("GET", path, signal);
      if (status === 404) return undefined;
      if (status !== 200)
        throw new Error(`the Lease ${place.namespace}/${place.name} cannot be read: ${status} ${messageIn(text)}`);
      return recordOf(JSON.parse(text));
    },
    async write(claim, over, signal) {
      const now = microTime();
      if (claim.acquired) acquireTime = now;
      const body = {
        apiVersion: "coordination.k8s.io/v1",
        kind: "Lease",
        metadata: { ...place, ...(over && { resourceVersion: over.resourceVersion }) },
        spec: {
          holderIdentity: claim.holder,
          leaseDurationSeconds: Math.max(1, Math.round(claim.durationMs / 1000)),
          acquireTime,
          renewTime: now,
          leaseTransitions: claim.transitions,
        },
      };
      const { status, text } =
        over === undefined ? await send("POST", collection, signal, body) : await send("PUT", path, signal, body);
      if (status === 409) return false;
      if (status !== 200 && status !== 201) {
        throw new Error(`the Lease ${place.namespace}/${place.name} cannot be written: ${status} ${messageIn(text)}`);
      }
      return true;
    },
    close: () => agent.destroy(),
  };
}

function recordOf(lease: unknown): LeaseRecord {
  const { metadata, spec } = isObject(lease) ? lease : {};
  const text = (from: unknown, key: string) => (isObject(from) && typeof from[key] === "string" ? from[key] : "");
  const number = (key: string, otherwise: number) => (isObject(spec) && typeof spec[key] === "number" ? spec[key] : otherwise);
  return {
    holder: text(spec, "holderIdentity"),
    durationMs: number("leaseDurationSeconds", 1) * 1000,
    renewTime: text(spec, "renewTime"),
    transitions: number("leaseTransitions", 0),
    resourceVersion: text(metadata, "resourceVersion"),
  };
}

/** MicroTime of the API: RFC 3339 with six digits. */
function microTime(): string {
  return new Date().toISOString().replace("Z", "000Z");
}

async function textOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function messageIn(text: string): string {
  try {
    const status: unknown = JSON.parse(text);
    return isObject(status) && typeof status["message"] === "string" ? status["message"] : "";
  } catch {
    return "";
  }
}
