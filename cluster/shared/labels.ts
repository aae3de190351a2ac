import { createHash } from "node:crypto";
import type { KubeObject } from "../embedded/catalog/index.ts";
import type { InsideCluster } from "../provider.ts";
import { thisOwner, writeOwner } from "./owner.ts";

/** Label with the id of the run that made an object: what lacks it is not ours, and is left alone. */
export const RUN_LABEL = "deepflow-conformance.io/run";
/** Annotation with the process that made it; see owner.ts. */
export const OWNER_ANNOTATION = "deepflow-conformance.io/owner";

/** What marks the objects of a run. */
export function marksOf(run: string): InsideCluster["marks"] {
  return { labels: { [RUN_LABEL]: run }, annotations: { [OWNER_ANNOTATION]: writeOwner(thisOwner()) } };
}

/** The object as made by a run. */
export function labelled(object: KubeObject, run: string): KubeObject {
  const { labels, annotations, ...metadata } = object.metadata;
  const marks = marksOf(run);
  return {
    ...object,
    metadata: { ...metadata, labels: { ...labels, ...marks.labels }, annotations: { ...annotations, ...marks.annotations } },
  };
}

/** Whether the run has made it. */
export function isOf(object: KubeObject, run: string): boolean {
  return object.metadata.labels?.[RUN_LABEL] === run;
}

/** Any text as the name of an object (a DNS label of at most 50 characters); different texts get different names. */
export function nameFor(text: string): string {
  const word = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  if (word === text && word.length <= 50) return word;
  const digest = createHash("sha256").update(text).digest("hex").slice(0, 8);
  return word === "" ? digest : `${word.slice(0, 41).replace(/-+$/, "")}-${digest}`;
}

/** Any text as the value of a label. */
export function labelValueFor(text: string): string {
  return /^[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?$/.test(text) ? text : nameFor(text);
}
