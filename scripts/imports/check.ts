/** Checks every import against `rules.ts`. Tests are free; generated types are free. */
import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { parseSync } from "oxc-parser";
import { trackedFiles } from "../lib/files.ts";
import { type Room, rooms } from "./rules.ts";

/** One import that breaks the arrows. */
export interface Violation {
  readonly file: string;
  readonly line: number;
  readonly specifier: string;
  readonly problem: string;
}

interface FoundImport {
  readonly specifier: string;
  readonly typeOnly: boolean;
  readonly offset: number;
}

/** All violations in the repository, in file order. */
export function importViolations(root: string): Violation[] {
  return trackedFiles(root)
    .filter(
      (file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !file.includes("/testing/") && !file.includes("/gen/"),
    )
    .flatMap((file) => violationsIn(file, readFileSync(join(root, file), "utf8")));
}

/** The violations of one file. Pure. */
export function violationsIn(file: string, source: string): Violation[] {
  const room = roomOf(file);
  if (room === undefined) return [{ file, line: 1, specifier: "", problem: "lies in no room of scripts/imports/rules.ts" }];
  return importsOf(file, source).flatMap((found) => {
    const problem = problemWith(file, room, found);
    const line = source.slice(0, found.offset).split("\n").length;
    return problem === undefined ? [] : [{ file, line, specifier: found.specifier, problem }];
  });
}

function roomOf(file: string): Room | undefined {
  return rooms.filter((room) => file.startsWith(room.path)).sort((a, b) => b.path.length - a.path.length)[0];
}

function problemWith(file: string, room: Room, found: FoundImport): string | undefined {
  if (found.specifier.startsWith("node:")) {
    if (room.node === "all" || found.typeOnly || room.node.includes(found.specifier)) return undefined;
    return `${room.path} is pure: it knows no ${found.specifier}`;
  }
  if (!found.specifier.startsWith(".")) {
    const name = found.specifier.split("/", found.specifier.startsWith("@") ? 2 : 1).join("/");
    return room.packages.includes(name) || room.packages.includes("*")
      ? undefined
      : `${room.path} may not use the package ${name}`;
  }
  const target = posix.normalize(posix.join(posix.dirname(file), found.specifier));
  if (target.startsWith(room.path)) return undefined; // downwards within the room, into rooms nested in it too
  const allowed = room.may.some((prefix) =>
    prefix.startsWith("type:") ? found.typeOnly && target.startsWith(prefix.slice("type:".length)) : target.startsWith(prefix),
  );
  return allowed ? undefined : `${room.path} may not import ${target}${found.typeOnly ? " (type)" : ""}`;
}

function importsOf(file: string, source: string): FoundImport[] {
  const { module } = parseSync(file, source);
  const found: FoundImport[] = [];
  for (const statement of module.staticImports) {
    const typeOnly = statement.entries.length > 0 && statement.entries.every((entry) => entry.isType);
    found.push({ specifier: statement.moduleRequest.value, typeOnly, offset: statement.start });
  }
  for (const statement of module.staticExports) {
    const from = statement.entries.find((entry) => entry.moduleRequest)?.moduleRequest;
    if (from)
      found.push({ specifier: from.value, typeOnly: statement.entries.every((entry) => entry.isType), offset: statement.start });
  }
  for (const statement of module.dynamicImports) {
    const text = source.slice(statement.moduleRequest.start, statement.moduleRequest.end);
    if (/^["'].*["']$/.test(text)) found.push({ specifier: text.slice(1, -1), typeOnly: false, offset: statement.start });
  }
  return found;
}
