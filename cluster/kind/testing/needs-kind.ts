/** Why tests on real clusters do not run here; undefined where they do. They take minutes, so they are asked for. */
export function whyNoKind(): string | undefined {
  return process.env["CONFORMANCE_KIND"] === "1" ? undefined : "CONFORMANCE_KIND is not 1; it takes kind and a Docker engine";
}
