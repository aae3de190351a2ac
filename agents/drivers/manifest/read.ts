import { parseAllDocuments } from "yaml";
import type { KubeObject } from "../pod/api.ts";
import { podTemplateOf } from "../pod/workload.ts";

/** A manifest that cannot be used. The message says what is wrong, where, and how to mend it. */
export class ManifestError extends Error {
  override readonly name = "ManifestError";
}

/**
 * The objects of a manifest: YAML documents, Lists taken apart, empty documents left out.
 *
 * @throws ManifestError for text that is no YAML, for what is no object, and where there is nothing that has pods
 */
export function readManifest(text: string): readonly KubeObject[] {
  const objects = parseAllDocuments(text, { prettyErrors: true }).flatMap((document, index) => {
    const [error] = document.errors;
    if (error !== undefined) throw new ManifestError(`document ${index + 1} is no YAML: ${error.message}`);
    const value: unknown = document.toJS();
    return value === null || value === undefined ? [] : objectsIn(value, `document ${index + 1}`);
  });
  if (objects.every((object) => podTemplateOf(object) === undefined)) {
    throw new ManifestError(
      "no object in it has pods, so no agent would run: it takes a Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController, Job or Pod",
    );
  }
  return objects;
}

/** The images that a manifest's pods run, each once. @throws ManifestError as readManifest */
export function imagesOf(text: string): readonly string[] {
  const images = readManifest(text).flatMap((object) => {
    const { containers = [], initContainers = [] } = (podTemplateOf(object)?.["spec"] ?? {}) as {
      readonly containers?: readonly { readonly image?: string }[];
      readonly initContainers?: readonly { readonly image?: string }[];
    };
    return [...initContainers, ...containers].flatMap(({ image }) => image ?? []);
  });
  return [...new Set(images)];
}

function objectsIn(value: unknown, where: string): readonly KubeObject[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ManifestError(`${where} is no Kubernetes object: it takes apiVersion, kind and metadata`);
  }
  const object = value as KubeObject & { readonly items?: readonly unknown[] };
  if (object.kind === "List" && Array.isArray(object.items)) {
    return object.items.flatMap((item, index) => objectsIn(item, `${where}, item ${index + 1}`));
  }
  if (typeof object.apiVersion !== "string" || typeof object.kind !== "string") {
    throw new ManifestError(`${where} has no apiVersion or no kind`);
  }
  const name: unknown = object.metadata?.name;
  if (typeof name !== "string" || name === "") {
    throw new ManifestError(`${where}, a ${object.kind}, has no metadata.name; generateName cannot be removed again`);
  }
  return [object];
}
