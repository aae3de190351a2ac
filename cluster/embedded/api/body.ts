import { Buffer } from "node:buffer";
import { header, type Exchange } from "./exchange.ts";
import { decodeProtobuf } from "./protobuf.ts";
import { ApiError, badRequest } from "./status.ts";
import type { Target } from "./target.ts";

/** Longest body that the API server reads. */
const MAX_BODY = 3 * 1024 * 1024;

const ACCEPTED = "application/json";

/** The body of a create or update. @throws ApiError 400, 413, 415 */
export async function objectBodyOf(exchange: Exchange, target: Target): Promise<unknown> {
  return decoded(await bodyOf(exchange), exchange, target);
}

/** The DeleteOptions of a delete; undefined where there are none. @throws ApiError 400, 413, 415 */
export async function optionsBodyOf(exchange: Exchange, target: Target): Promise<unknown> {
  const body = await bodyOf(exchange);
  return body.length === 0 ? undefined : decoded(body, exchange, target);
}

/** The bytes of a body. @throws ApiError 413 */
export async function bodyOf(exchange: Exchange): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of exchange.request as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > MAX_BODY) {
      throw new ApiError(413, "RequestEntityTooLarge", `Request entity too large: limit is ${MAX_BODY}`);
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** Media type of the body, without parameters; "" where none is named. */
export function contentTypeOf(exchange: Exchange): string {
  return (header(exchange.request, "content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
}

export function parseJson(body: Buffer, refuse: (why: string) => ApiError): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : "");
  }
}

function decoded(body: Buffer, exchange: Exchange, target: Target): unknown {
  const unrecognized = (why: string) =>
    badRequest(`the object provided is unrecognized (must be of type ${target.definition.kind}): ${why}`);
  const type = contentTypeOf(exchange);
  if (type === "" || type === ACCEPTED) {
    return parseJson(body, (why) => unrecognized(`couldn't get version/kind; json parse error: ${why}`));
  }
  const object = type === "application/vnd.kubernetes.protobuf" ? fromProtobuf(body, unrecognized) : undefined;
  if (object !== undefined) return object;
  const message = `the body of the request was in an unknown format - accepted media types include: ${ACCEPTED}`;
  throw new ApiError(415, "UnsupportedMediaType", message);
}

function fromProtobuf(body: Buffer, refuse: (why: string) => ApiError): unknown {
  try {
    return decodeProtobuf(body);
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : "");
  }
}
