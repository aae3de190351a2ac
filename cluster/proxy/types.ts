import type { Recorder } from "../../transcript/index.ts";
import type { ApiFaults } from "../faults/types.ts";
import type { Lending } from "./lending.ts";
import type { SeenObject } from "./seen-object.ts";

/** The API server behind the proxy. Credentials are the agent's own, what it sends is passed through; or they are lent to it. */
export interface Upstream {
  /** `https://HOST:PORT`, possibly with a path prefix. */
  readonly url: string;
  /** Authority of the server's certificate. Default: those that Node trusts. */
  readonly caPem?: string;
  /** Name to be verified in the server's certificate, where it is not the host of the URL (`tls-server-name`). */
  readonly serverName?: string;
  /** Takes any certificate (`insecure-skip-tls-verify`). */
  readonly insecureSkipTlsVerify?: boolean;
}

/**
 * Hears of what the server sent before this process can hear of anything that the agent makes of it: of an event before its
 * first byte goes on, of a page in the turn of the event loop in which its last byte does. What a fault keeps from the agent is
 * told too, since it exists; what a fault makes up is not. Calls must not throw.
 */
export interface Sightings {
  /** A page of a list, or the object of a get. */
  listed(resource: string, page: SeenPage): void;
  /** An event of a watch, bookmarks and errors excepted. */
  event(resource: string, type: "ADDED" | "MODIFIED" | "DELETED", object: SeenObject): void;
}

/** Objects that one answer brought. */
export interface SeenPage {
  /** Where the request was confined to a namespace. */
  readonly namespace?: string;
  /** Of the list; for a get, of the object. */
  readonly resourceVersion: string;
  readonly items: readonly SeenObject[];
  /**
   * On the last page of a list without selectors: the uids of all objects of the resource (in the namespace) as of
   * `resourceVersion`, those of earlier pages included.
   */
  readonly whole?: ReadonlySet<string>;
}

/** What proxy is wanted. */
export interface ApiProxyOptions {
  readonly upstream: Upstream;
  /** By what right requests go on in place of the agent's own; then nothing but reads does. */
  readonly lending?: Lending;
  /** Records what the agent asks and gets, and the faults (`cluster/events.ts`). */
  readonly recorder?: Recorder;
  readonly sightings?: Sightings;
  /** Address to listen on. Default 127.0.0.1; `0.0.0.0` for containers and pods. The port is a free one. */
  readonly listenHost?: string;
  /** Further names and addresses under which agents dial it, for its certificate. */
  readonly hosts?: readonly string[];
  /** Of the faults that hit by chance. Default 1. */
  readonly seed?: number;
  /** Told, once per cause, what the record lacks: answers in a form that cannot be read, such as protobuf. */
  readonly onTrouble?: (message: string) => void;
}

/** What stands between an agent and its API server: passes on, records, and breaks what it is told to. */
export interface ApiProxy extends ApiFaults, AsyncDisposable {
  /** `https://HOST:PORT`, for clients on this host. */
  readonly url: string;
  readonly port: number;
  /** Certificate of the authority that signed the proxy's. */
  readonly caPem: string;
}
