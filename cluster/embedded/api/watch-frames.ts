import { Buffer } from "node:buffer";
import { partialObjectMetadataOf, tableOf, type KubeObject } from "../catalog/index.ts";
import { includeObject } from "./list-body.ts";
import type { Media } from "./negotiate.ts";
import type { Status } from "./status.ts";
import { encodedFor, objectFor, type Target } from "./target.ts";
import type { WatchItem } from "./watch-source.ts";

/** Annotation of the bookmark that ends the initial events of a streamed list (KEP-3157). */
const INITIAL_EVENTS_END = "k8s.io/initial-events-end";

const END = Buffer.from("}\n");

/** Makes the lines of one watch: `{"type":…,"object":…}` and a newline, in the form asked for. */
export class WatchFrames {
  readonly #target: Target;
  readonly #media: Media;
  readonly #query: URLSearchParams;
  readonly #now: () => number;
  #withColumns = true;

  constructor(target: Target, media: Media, query: URLSearchParams, now: () => number) {
    this.#target = target;
    this.#media = media;
    this.#query = query;
    this.#now = now;
  }

  frame(item: WatchItem): Buffer {
    if (item.type === "BOOKMARK") return line(item.type, this.#form(this.#bookmark(item.revision, item.initialEventsEnd)));
    if (this.#media.as !== "object") return line(item.type, this.#form(objectFor(this.#target, item.object)));
    return Buffer.concat([opening(item.type), encodedFor(this.#target, item.object).bytes, END]);
  }

  error(status: Status): Buffer {
    return line("ERROR", status);
  }

  #form(object: KubeObject): unknown {
    const version = this.#media.version === "v1beta1" ? "v1beta1" : "v1";
    if (this.#media.as === "PartialObjectMetadata") return partialObjectMetadataOf(object, version);
    if (this.#media.as !== "Table") return object;
    const withColumns = this.#withColumns;
    this.#withColumns = false;
    const metadata = { resourceVersion: object.metadata.resourceVersion };
    const options = { now: this.#now(), metadata, version, withColumns, includeObject: includeObject(this.#query) } as const;
    return tableOf(this.#target.definition, [object], options);
  }

  #bookmark(revision: number, initialEventsEnd: boolean): KubeObject {
    const metadata = {
      resourceVersion: String(revision),
      creationTimestamp: null,
      ...(initialEventsEnd ? { annotations: { [INITIAL_EVENTS_END]: "true" } } : {}),
    };
    // A bookmark is an object of the kind with nothing but its revision, so it has no name.
    return { kind: this.#target.definition.kind, apiVersion: this.#target.apiVersion, metadata } as unknown as KubeObject;
  }
}

function opening(type: string): Buffer {
  return Buffer.from(`{"type":"${type}","object":`);
}

function line(type: string, object: unknown): Buffer {
  return Buffer.concat([opening(type), Buffer.from(JSON.stringify(object)), END]);
}
