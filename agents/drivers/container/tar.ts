import { Buffer } from "node:buffer";
import type { AgentFile } from "../agent-files.ts";

const BLOCK = 512;

/**
 * An archive of plain files (POSIX ustar, IEEE 1003.1), readable for everybody: an image may run as any user.
 *
 * @param folder their folder in the archive, without slashes around it
 */
export function tarOf(folder: string, files: readonly AgentFile[]): Buffer {
  const entries = files.flatMap(({ name, text }) => {
    const content = Buffer.from(text);
    const padding = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK);
    return [header(`${folder}/${name}`, "0", 0o644, content.length), content, padding];
  });
  return Buffer.concat([header(`${folder}/`, "5", 0o755, 0), ...entries, Buffer.alloc(2 * BLOCK)]);
}

function header(path: string, type: string, mode: number, size: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, "0");
  block.write(path, 0, 100);
  block.write(octal(mode, 7), 100);
  block.write(octal(0, 7), 108);
  block.write(octal(0, 7), 116);
  block.write(octal(size, 11), 124);
  block.write(octal(0, 11), 136);
  block.write(" ".repeat(8), 148); // the checksum counts itself as blanks
  block.write(type, 156);
  block.write("ustar\u000000", 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 6)}\0 `, 148);
  return block;
}
