import { core, everywhere, planned } from "./define.ts";
import type { Requirement } from "./types.ts";

/** KAS-WATCH-* and KAS-SEC-1: manners at the API server. */
export const watchRequirements: readonly Requirement[] = [
  core({
    id: "KAS-WATCH-1",
    level: "SHOULD",
    title: "keeps up by watching",
    text: "The agent keeps up by watching: in a quiet minute it does not list again.",
    source: "doc 3.3",
    scenarios: ["life-of-objects"],
    mutants: ["poll"],
  }),
  planned("kubernetes", {
    id: "KAS-WATCH-2",
    title: "410 Gone leads to a fresh list",
    text: "A watch that expired (410 Gone) leads to a fresh list, with nothing lost.",
    source: "agent: protocol.md 5.2",
  }),
  planned("kubernetes", {
    id: "KAS-WATCH-3",
    title: "nothing is lost between list and watch",
    text: "A change between a list and its watch is not lost.",
    source: "agent: protocol.md 5.2",
  }),
  planned("kubernetes", {
    id: "KAS-WATCH-4",
    title: "a watch that was cut is resumed",
    text: "A watch cut by the peer, with or without notice, is resumed, with nothing lost.",
    source: "agent: protocol.md 5.2",
  }),
  planned("kubernetes", {
    id: "KAS-WATCH-5",
    title: "pages are read to the last",
    text: "Lists that the server answers in pages are read to their last page.",
    source: "agent: protocol.md 5.2",
  }),
  planned("kubernetes", {
    id: "KAS-WATCH-6",
    level: "SHOULD",
    title: "large lists come in pages or streamed",
    text: "Large lists are asked for in pages, or streamed.",
    source: "agent: protocol.md 5.2",
  }),
  core({
    id: "KAS-WATCH-7",
    title: "only reads the API server",
    text: "The agent asks the API server for get, list and watch only, Leases and self-reviews apart.",
    source: "doc 2, 3.2",
    scenarios: everywhere,
    mutants: ["writes-to-cluster"],
  }),
  planned("kubernetes", {
    id: "KAS-WATCH-8",
    level: "SHOULD",
    title: "heeds Retry-After",
    text: "On 429 the agent waits as long as Retry-After says.",
    source: "ours",
  }),
  core({
    id: "KAS-SEC-1",
    level: "SHOULD",
    title: "leaves other kinds alone",
    text: "Kinds that were not asked for (Secrets above all) are neither listed nor uploaded.",
    source: "doc 3.2",
    scenarios: everywhere,
    mutants: ["lists-secrets"],
  }),
];
