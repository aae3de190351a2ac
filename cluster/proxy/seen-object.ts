import { Buffer } from "node:buffer";
import type { KubeObject } from "../embedded/catalog/index.ts";
import { findMembers, findMembersBefore, parseSpan, textOf } from "./json-spans.ts";

/** An object as it passed the proxy: what tells it apart is read off its bytes; the rest is parsed when it is asked for. */
export class SeenObject {
  readonly uid: string;
  readonly resourceVersion: string;
  readonly name: string;
  /** Undefined for cluster-scoped objects. */
  readonly namespace: string | undefined;
  /** True where the agent asked for metadata alone, so that the rest of the object is not here. */
  readonly partial: boolean;
  readonly #served: Buffer;
  /** What the served bytes lack in front. */
  readonly #type: string | undefined;

  /**
   * @param served one JSON object
   * @param listType what the items of its list are, for those that do not say so themselves
   */
  constructor(served: Buffer, listType?: ObjectType) {
    const bytes = compact(served);
    // Servers write the kind first, where they write it; the rest of an object is a hundred times as long.
    const { found, lastAt } = findMembersBefore(bytes, 0, ["kind"], "metadata");
    const metadata = findMembers(bytes, lastAt ?? bytes.length, META);
    this.name = textOf(bytes, metadata.get("name"));
    this.namespace = textOf(bytes, metadata.get("namespace")) || undefined;
    this.uid = textOf(bytes, metadata.get("uid"));
    this.resourceVersion = textOf(bytes, metadata.get("resourceVersion"));
    const kind = found.get("kind") ?? (listType === undefined ? findMembers(bytes, 0, ["kind"]).get("kind") : undefined);
    this.#served = bytes;
    this.#type = kind === undefined && listType !== undefined ? prefixOf(listType) : undefined;
    this.partial = (kind === undefined ? listType?.kind : textOf(bytes, kind)) === "PartialObjectMetadata";
  }

  /** The object's JSON as served, compact, with `kind` and `apiVersion`, which the items of a list lack, in front. */
  get bytes(): Buffer {
    return this.#type === undefined ? this.#served : Buffer.concat([Buffer.from(this.#type), this.#served.subarray(1)]);
  }

  /** Of `bytes`, which need not be put together for it. */
  get length(): number {
    return this.#served.length + (this.#type === undefined ? 0 : Buffer.byteLength(this.#type) - 1);
  }

  /** The whole object. @throws SyntaxError where the server sent what is not JSON */
  get object(): KubeObject {
    return JSON.parse(this.bytes.toString("utf8")) as KubeObject;
  }

  /** metadata.annotations. */
  get annotations(): Readonly<Record<string, unknown>> {
    const metadata = findMembers(this.#served, 0, ["metadata"]).get("metadata");
    const { annotations } = (parseSpan(this.#served, metadata) ?? {}) as {
      readonly annotations?: Readonly<Record<string, unknown>>;
    };
    return annotations ?? {};
  }
}

/** What an object is, as JSON text. */
export interface ObjectType {
  readonly kind: string;
  readonly apiVersion: string;
}

const NEWLINE = 0x0a;
const META = ["name", "namespace", "uid", "resourceVersion"];

/** The same without the indentation that the API server adds for curl and on request, so that its hash is the same too. */
function compact(bytes: Buffer): Buffer {
  return bytes[1] === NEWLINE ? Buffer.from(JSON.stringify(parseSpan(bytes, { from: 0, to: bytes.length }) ?? {})) : bytes;
}

function prefixOf({ kind, apiVersion }: ObjectType): string {
  return `{"kind":${JSON.stringify(kind)},"apiVersion":${JSON.stringify(apiVersion)},`;
}
