import { columnsOf } from "./columns.ts";
import { partialObjectMetadataOf } from "./partial.ts";
import type { KubeObject, ResourceDefinition } from "./types.ts";

/** What a client asked of a Table. */
export interface TableOptions {
  /** The server's now, in ms since the epoch: ages are counted from it. */
  readonly now: number;
  /** `?includeObject=`; the server's default is Metadata. */
  readonly includeObject?: "None" | "Metadata" | "Object";
  /** metadata of the Table: resourceVersion, continue, remainingItemCount. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Version of meta.k8s.io in `Accept: …;as=Table;v=…;g=meta.k8s.io`. */
  readonly version?: "v1" | "v1beta1";
  /** False for every event of a watch but the first: the columns are sent once. */
  readonly withColumns?: boolean;
}

/** Objects as a meta.k8s.io Table: what `kubectl get` prints. */
export function tableOf(definition: ResourceDefinition, objects: readonly KubeObject[], options: TableOptions): object {
  const columns = columnsOf(definition);
  const version = options.version ?? "v1";
  return {
    kind: "Table",
    apiVersion: `meta.k8s.io/${version}`,
    metadata: options.metadata ?? {},
    columnDefinitions:
      options.withColumns === false
        ? null
        : columns.map(({ name, type, format, description, priority }) => ({
            name,
            type,
            format: format ?? "",
            description,
            priority: priority ?? 0,
          })),
    rows: objects.map((object) => ({
      cells: columns.map((column) => column.cell(object, options.now)),
      object: rowObject(object, options.includeObject ?? "Metadata", version),
    })),
  };
}

function rowObject(object: KubeObject, include: "None" | "Metadata" | "Object", version: "v1" | "v1beta1"): KubeObject | null {
  if (include === "None") return null;
  return include === "Object" ? object : partialObjectMetadataOf(object, version);
}
