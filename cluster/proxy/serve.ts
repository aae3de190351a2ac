import type { IncomingMessage, ServerResponse } from "node:http";
import { flushHeaders, header, write } from "../embedded/api/exchange.ts";
import { decodeContinue, encodeContinue } from "../embedded/api/continue-token.ts";
import { ApiError } from "../embedded/api/status.ts";
import type { PendingApiFault } from "../faults/queue.ts";
import { expiredPage, statusOf } from "../faults/status.ts";
import { goAway, type Connections } from "./connections.ts";
import { sendStatus, type ProxyExchange } from "./exchange.ts";
import type { ComingWatch, FaultDesk } from "./fault-desk.ts";
import { endToEnd, isJson, steerToJson } from "./headers.ts";
import { lentHeaders, refusalOf, type Lending } from "./lending.ts";
import type { ReadPage } from "./page-reader.ts";
import { readBody, writeOn } from "./read-body.ts";
import type { ProxyRecording } from "./recording.ts";
import { relayPage, seenPage } from "./relay-page.ts";
import { OpenWatch } from "./relay-watch.ts";
import type { StaleLists } from "./stale-lists.ts";
import type { Sightings } from "./types.ts";
import type { UpstreamClient } from "./upstream.ts";
import type { WholeLists } from "./whole-lists.ts";

/** Everything that requests are passed on with. */
export interface ProxyContext {
  readonly upstream: UpstreamClient;
  readonly recording: ProxyRecording;
  readonly sightings: Sightings | undefined;
  readonly desk: FaultDesk;
  readonly staleLists: StaleLists;
  readonly wholeLists: WholeLists;
  readonly connections: Connections;
  readonly lending?: Lending;
  /** Told what the record lacks. */
  readonly onTrouble: (message: string) => void;
}

const READS = new Set(["get", "list", "watch"]);

/** Answers one request: from the server, or as a fault has it. Rejects where the server breaks off in the middle. */
export async function serve(exchange: ProxyExchange, context: ProxyContext): Promise<void> {
  const { request, facts } = exchange;
  if (request.headers.upgrade !== undefined || request.method === "CONNECT") {
    const message = "the proxy in front of this API server passes no upgraded connections (exec, attach, port-forward)";
    sendStatus(exchange, new ApiError(501, "", message).status);
    return;
  }
  const { desk, lending } = context;
  const refusal = lending && refusalOf(exchange, lending);
  if (refusal !== undefined) {
    sendStatus(exchange, refusal);
    return;
  }
  const coming = facts.verb === "watch" ? desk.expect(facts) : undefined;
  try {
    await serveWith(exchange, context, coming);
  } finally {
    if (coming !== undefined) desk.dismiss(coming);
  }
}

async function serveWith(exchange: ProxyExchange, context: ProxyContext, coming: ComingWatch | undefined): Promise<void> {
  const { facts, signal } = exchange;
  const { desk, staleLists } = context;
  const fault = desk.queue.hit(facts, (spec) => {
    if (spec.fault === "api-small-pages") return false;
    return spec.fault !== "api-stale-list" || staleLists.find(exchange) !== undefined;
  });
  if (fault !== undefined && (await strike(fault, exchange, context))) return;
  if (signal.aborted) return;
  const small = makePagesSmall(exchange, desk);
  const onPage = () => void (small && desk.queue.fire(small, exchange.req));
  await passOn(exchange, context, { coming, onPage, truncated: fault?.spec.fault === "api-truncate" });
}

/**
 * Has a page asked for in a smaller size, where a fault says so. That hits beside any other fault, and only where a page
 * comes of it: a list that the server does not answer shows the agent no page of any size.
 */
function makePagesSmall(exchange: ProxyExchange, { queue }: FaultDesk): PendingApiFault | undefined {
  const asked = Number(exchange.info.query.get("limit") ?? 0);
  const fault = queue.due(exchange.facts, (spec) => spec.fault === "api-small-pages" && spec.limit < asked);
  if (fault?.spec.fault === "api-small-pages") exchange.limit = fault.spec.limit;
  return fault;
}

/** What is to be done with an answer beside passing it on. */
interface Passage {
  readonly coming: ComingWatch | undefined;
  /** Called when the server has answered a list or a get. */
  readonly onPage: () => void;
  readonly truncated: boolean;
}

/** Path and query as they are passed on. */
function targetOf({ request, limit }: ProxyExchange): string {
  const target = request.url ?? "/";
  return limit === undefined ? target : target.replace(/([?&]limit=)[^&]*/u, `$1${limit}`);
}

/** Does what a fault does before, or in place of, the server's answer. True where the request is answered thereby. */
async function strike(fault: PendingApiFault, exchange: ProxyExchange, context: ProxyContext): Promise<boolean> {
  const { spec } = fault;
  const { reply, signal } = exchange;
  switch (spec.fault) {
    case "api-delay":
    case "api-stall":
      await context.desk.hold(fault, signal, spec.fault === "api-delay" ? spec.ms : undefined);
      return false;
    case "api-goaway":
      if ("stream" in reply) goAway(reply);
      else reply.setHeader("connection", "close");
      return false;
    case "api-status":
      exchange.endReason = "fault";
      sendStatus(exchange, statusOf(spec));
      return true;
    case "api-expire-continue":
      exchange.endReason = "fault";
      sendStatus(exchange, expiredPage(spec.resumable === true ? inconsistentToken(exchange) : undefined));
      return true;
    case "api-reset":
      exchange.endReason = "fault";
      context.connections.reset(reply);
      return true;
    case "api-stale-list":
      return repeatList(exchange, context);
    default:
      return false;
  }
}

/** Answers with the list as it was. */
function repeatList(exchange: ProxyExchange, { staleLists, recording }: ProxyContext): boolean {
  const stale = staleLists.find(exchange);
  if (stale === undefined || exchange.resource === undefined) return false;
  exchange.endReason = "fault";
  (exchange.reply as ServerResponse).writeHead(200, stale.headers);
  recording.page(exchange.req, exchange.resource, stale.page.head, stale.page.refs);
  for (const chunk of stale.chunks) write(exchange.reply, chunk);
  exchange.reply.end();
  return true;
}

async function passOn(exchange: ProxyExchange, context: ProxyContext, { coming, onPage, truncated }: Passage): Promise<void> {
  const { reply, info, resource, request } = exchange;
  const answer = await ask(exchange, context);
  if (answer === undefined) return;
  const head = endToEnd(answer.headers);
  const { statusCode: status = 502 } = answer;
  const read = resource !== undefined && info.isResource && READS.has(info.verb) && request.method === "GET";
  const whole = read && (info.subresource === undefined || info.subresource === "status");
  const legible = isJson(answer.headers["content-type"]) && isLegible(answer.headers["content-encoding"], info.verb);
  if (status === 200) onPage();
  if (whole && status === 200 && !legible) complain(exchange, answer, context.onTrouble);
  (reply as ServerResponse).writeHead(status, head);
  const { recording, sightings, connections, desk } = context;
  if (whole && status === 200 && legible && coming !== undefined) {
    flushHeaders(reply);
    const watch = new OpenWatch(exchange, resource, { recording, sightings, connections, queue: desk.queue });
    desk.enter(watch, coming);
    reply.on("close", () => desk.leave(watch));
    await watch.relay(answer);
  } else if (truncated || (whole && status === 200 && legible)) {
    if (truncated) exchange.endReason = "fault";
    const breakOff = truncated ? () => connections.breakOff(reply) : undefined;
    const tell = (page: ReadPage) => {
      const whole = context.wholeLists.take(exchange, page.head, page.items);
      if (resource !== undefined) sightings?.listed(resource, seenPage(exchange, page, whole));
    };
    const { chunks, page } = await relayPage(exchange, answer, recording, tell, breakOff);
    if (page !== undefined && !truncated)
      context.staleLists.remember(exchange, { headers: head, chunks, page: { head: page.head, refs: page.refs } });
  } else {
    flushHeaders(reply);
    await readBody(answer, reply, { take: (chunk) => writeOn(reply, chunk), end: () => void reply.end() });
  }
}

/** The head of the server's answer; undefined where there is none, and the agent was told so or is gone. */
async function ask(exchange: ProxyExchange, { upstream, lending }: ProxyContext): Promise<IncomingMessage | undefined> {
  const { request, info, resource, signal } = exchange;
  const method = request.method ?? "GET";
  const headers = endToEnd(request.headers);
  const accept = resource !== undefined && READS.has(info.verb) ? steerToJson(header(request, "accept")) : undefined;
  if (accept !== undefined) headers["accept"] = accept;
  const hasBody = "stream" in request ? !request.stream.endAfterHeaders : isFramed(request.headers);
  // Node frames the body of a DELETE only where it is told how.
  if (hasBody && headers["content-length"] === undefined) headers["transfer-encoding"] = "chunked";
  try {
    const lent = lending && (await lending.credentials());
    return await upstream.send({
      method,
      target: targetOf(exchange),
      headers: lent === undefined ? headers : lentHeaders(headers, lent),
      signal,
      ...(hasBody ? { body: request } : {}),
      ...(lent?.certPem === undefined || lent.keyPem === undefined
        ? {}
        : { certificate: { cert: lent.certPem, key: lent.keyPem } }),
    });
  } catch (error) {
    if (signal.aborted) return undefined;
    exchange.endReason = "server";
    const why = error instanceof Error ? error.message : String(error);
    sendStatus(exchange, new ApiError(502, "", `the API server behind the proxy cannot be reached: ${why}`).status);
    return undefined;
  }
}

function isFramed(headers: NodeJS.Dict<string | string[]>): boolean {
  return headers["transfer-encoding"] !== undefined || (headers["content-length"] ?? "0") !== "0";
}

function isLegible(encoding: string | undefined, verb: string): boolean {
  return encoding === undefined || encoding === "identity" || (encoding === "gzip" && verb !== "watch");
}

function complain(exchange: ProxyExchange, { headers }: IncomingMessage, onTrouble: (message: string) => void): void {
  const form = [headers["content-type"], headers["content-encoding"]].filter((part) => part !== undefined).join(", ");
  exchange.unread = form;
  onTrouble(
    `${exchange.resource} were answered as ${form}, since the agent (${header(exchange.request, "user-agent") ?? "no User-Agent"}) ` +
      "accepts nothing else. What it was given so is not in the record: let it accept application/json as well",
  );
}

/** The token by which a list can be gone on with at the present revision, as the server gives it with its 410. */
function inconsistentToken({ info }: ProxyExchange): string | undefined {
  try {
    return encodeContinue({ revision: -1, start: decodeContinue(info.query.get("continue") ?? "").start });
  } catch {
    return undefined; // not a token of kube-apiserver
  }
}
