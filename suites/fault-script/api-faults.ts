import type { ApiFaultAction } from "../../cluster/index.ts";
import type { Schema } from "../documents/index.ts";

const MAX_COUNT = 1_000_000;
const STATUS: Schema = { type: "integer", minimum: 400, maximum: 599 };
const EVENT_TYPE: Schema = { enum: ["ADDED", "MODIFIED", "DELETED", "BOOKMARK"] };
const COUNT: Schema = { type: "integer", minimum: 1, maximum: MAX_COUNT };

/** What may be said of each fault between an agent and its API server, beside its name. */
export const apiFaults: Readonly<
  Record<
    ApiFaultAction["fault"],
    { readonly description: string; readonly properties: Readonly<Record<string, Schema>>; readonly required: readonly string[] }
  >
> = {
  "api-status": {
    description: "Answered with this Status.",
    properties: {
      code: STATUS,
      reason: { type: "string", minLength: 1 },
      message: { type: "string" },
      retryAfterSeconds: { type: "integer", minimum: 0, maximum: 3_600 },
    },
    required: ["code"],
  },
  "api-delay": {
    description: "Passed on so many milliseconds later.",
    properties: { ms: { type: "integer", minimum: 0, maximum: 600_000 } },
    required: ["ms"],
  },
  "api-stall": { description: "Accepted and never answered.", properties: {}, required: [] },
  "api-reset": { description: "The connection is reset in place of the answer.", properties: {}, required: [] },
  "api-freeze-watch": { description: "The watch stays open, and nothing arrives any more.", properties: {}, required: [] },
  "api-end-watch": { description: "The watch ends cleanly.", properties: {}, required: [] },
  "api-truncate": { description: "The body of a list or get breaks off.", properties: {}, required: [] },
  "api-expire-continue": {
    description: "A further page is answered 410 Expired. resumable: with a token for an inconsistent rest.",
    properties: { resumable: { enum: [true] } },
    required: [],
  },
  "api-error-event": {
    description: "An ERROR event in the watch, which then ends; 410 Expired by default.",
    properties: { code: STATUS, reason: { type: "string", minLength: 1 }, message: { type: "string" } },
    required: [],
  },
  "api-drop-event": {
    description: "The next fitting events of the watch are swallowed.",
    properties: { type: EVENT_TYPE, count: COUNT },
    required: [],
  },
  "api-duplicate-event": {
    description: "The next fitting event of the watch arrives twice.",
    properties: { type: EVENT_TYPE, count: COUNT },
    required: [],
  },
  "api-goaway": { description: "The connection is told to go away.", properties: {}, required: [] },
  "api-small-pages": {
    description: "A list that asks for pages gets them of so many objects at most.",
    properties: { limit: COUNT },
    required: ["limit"],
  },
  "api-stale-list": { description: "A list is answered as it was before what happened since.", properties: {}, required: [] },
};

/** By what the requests are chosen that a fault of the API server hits. */
export const apiSelection: Readonly<Record<string, Schema>> = {
  verb: { enum: ["get", "list", "watch"] },
  resources: {
    type: "array",
    minItems: 1,
    items: { type: "string", minLength: 1 },
    description: "As kubectl names them: pods, deployments.apps. Default: all.",
  },
  namespace: { type: "string", minLength: 1 },
  page: { enum: ["first", "further"], description: "Only first pages of lists, or only further ones." },
  open: { enum: [true], description: "Hits watches that are open already, too." },
  skip: { type: "integer", minimum: 0, maximum: MAX_COUNT, description: "So many fitting requests go by first. Default 0." },
  times: {
    oneOf: [COUNT, { enum: ["all"] }],
    description: 'So many are hit after that, or "all". Default 1.',
  },
  chance: {
    type: "number",
    minimum: 0,
    maximum: 1,
    description: "Chance that a fitting request is hit, by the seed. Default 1.",
  },
};
