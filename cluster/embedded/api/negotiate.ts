import { ApiError } from "./status.ts";

/** The form in which a client wants the answer. */
export interface Media {
  readonly as: "object" | "Table" | "PartialObjectMetadata" | "PartialObjectMetadataList" | "APIGroupDiscoveryList";
  /** Version of the form's own group: meta.k8s.io, or apidiscovery.k8s.io. */
  readonly version: string;
}

/** What an endpoint can answer with beside plain objects. */
export type Offer = "resource" | "discovery" | "plain";

const OBJECT: Media = { as: "object", version: "" };
const JSON_TYPES = ["application/json", "*/*"];
const ROUTED = new Set([...JSON_TYPES, "application/yaml", "application/vnd.kubernetes.protobuf"]);
const META_FORMS = ["Table", "PartialObjectMetadata", "PartialObjectMetadataList"] as const;

/**
 * Chooses among the clauses of an Accept header, best quality first, as the API server does.
 * Only JSON is spoken. A client that lists protobuf before JSON, as Go clients for built-in kinds do, is answered in JSON,
 * which every Kubernetes client can read; one that takes protobuf alone gets 406, since the wire schema of every kind
 * would be needed to serve it.
 * @param versions of aggregated discovery that the release serves
 * @throws ApiError 406
 */
export function negotiate(accept: string | undefined, offer: Offer, versions: readonly string[] = []): Media {
  if (accept === undefined || accept.trim() === "") return OBJECT;
  const clauses = clausesOf(accept);
  // The router looks at bare types, and knows protobuf and YAML as well; forms are looked at behind it.
  if (!clauses.some(({ type }) => ROUTED.has(type))) throw new ApiError(406, "NotAcceptable", "406: Not Acceptable", {});
  if (offer === "plain" && clauses.some(({ type }) => JSON_TYPES.includes(type))) return OBJECT;
  for (const clause of clauses) {
    if (!JSON_TYPES.includes(clause.type)) continue;
    const as = clause.params.get("as");
    if (as === undefined) return OBJECT;
    const form = formOf(as, clause.params.get("g") ?? "", clause.params.get("v") ?? "", offer, versions);
    if (form !== undefined) return form;
  }
  throw new ApiError(406, "NotAcceptable", "only the following media types are accepted: application/json");
}

function formOf(as: string, group: string, version: string, offer: Offer, versions: readonly string[]): Media | undefined {
  if (offer === "discovery" && as === "APIGroupDiscoveryList") {
    return group === "apidiscovery.k8s.io" && versions.includes(version) ? { as, version } : undefined;
  }
  const form = META_FORMS.find((name) => name === as);
  if (offer !== "resource" || form === undefined) return undefined;
  return group === "meta.k8s.io" && (version === "v1" || version === "v1beta1") ? { as: form, version } : undefined;
}

interface Clause {
  readonly type: string;
  readonly params: ReadonlyMap<string, string>;
  readonly quality: number;
}

function clausesOf(accept: string): readonly Clause[] {
  return accept
    .split(",")
    .map((text) => {
      const [type = "", ...rest] = text.split(";").map((part) => part.trim());
      const params = new Map(
        rest.map((part) => {
          const at = part.indexOf("=");
          return at < 0 ? ([part, ""] as const) : ([part.slice(0, at), part.slice(at + 1)] as const);
        }),
      );
      const quality = Number(params.get("q") ?? "1");
      return { type: type.toLowerCase(), params, quality: Number.isNaN(quality) ? 0 : quality };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
}
