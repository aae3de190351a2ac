import type { Material, MaterialFile } from "../types.ts";
import { comment } from "./text.ts";

/**
 * The material as one YAML stream: what there is to know as comments, then the files as documents. With a part, that
 * file alone, ready to be applied.
 */
export function materialText(material: Material, only?: MaterialFile): string {
  const files = only === undefined ? material.files : [only];
  const single = files.length === 1;
  const documents = files.map((file) => [...(only === undefined ? fileHeader(file) : []), file.text.trimEnd()].join("\n"));
  const head =
    only === undefined ? header(material, single) : comment(`${material.title}, agents ${material.agent}: ${only.apply}`);
  return `${[...head, documents.join("\n---\n")].join("\n")}\n`;
}

function header(material: Material, single: boolean): string[] {
  return [
    ...comment(`${material.title} (${material.name}), agents ${material.agent}`),
    "#",
    ...comment(material.summary),
    ...comment(`Source: ${material.source}`),
    ...list(
      "Steps",
      material.steps.flatMap(({ text, commands }, index) => [
        ...comment(text, `${index + 1}. `),
        ...commands.map((command) => `#      ${command}`),
      ]),
    ),
    ...list(
      "Environment variables",
      material.environmentVariables.map(({ name, value, on }) => `# - ${on}: ${name}=${value}`),
    ),
    ...observed(material),
    ...list(
      "Mind",
      material.notes.flatMap((note) => comment(note, "- ")),
    ),
    "#",
    ...(single ? [] : [...comment("Several files follow. `--part NAME` prints one of them alone, to be applied as it is."), "#"]),
  ];
}

function observed({ observationPoints }: Material): string[] {
  if (observationPoints === null) return [];
  const { sameNode, crossNode, remark } = observationPoints;
  return list("Where pod-to-pod traffic is seen", [
    ...comment(sameNode.join("; "), "- on one node: "),
    ...comment(crossNode.join("; "), "- across nodes: "),
    ...comment(remark, "- "),
  ]);
}

function list(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["#", `# ${title}`, ...lines];
}

function fileHeader({ fileName, apply }: MaterialFile): string[] {
  return [...comment(`File: ${fileName}`), ...comment(`Apply: ${apply}`)];
}
