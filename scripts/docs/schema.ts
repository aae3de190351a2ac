import type { Schema } from "../../suites/documents/index.ts";

/** A JSON Schema document for editors: what the files are read by, with its head. */
export function schemaPage(name: string, title: string, schema: Schema): string {
  const head = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: `deepflow-conformance/${name}.schema.json`,
    title,
  };
  return `${JSON.stringify({ ...head, ...schema }, null, 2)}\n`;
}
