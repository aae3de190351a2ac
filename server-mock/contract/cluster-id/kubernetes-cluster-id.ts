import { firstIntn62 } from "./go-random.ts";

const ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DIGEST_LENGTH = 32;
const MAX_INT64 = (1n << 63n) - 1n;
/** Halves first, then the eight groups of four. */
const SEED_RANGES = [[0, 16], [16, 32], ...Array.from({ length: 8 }, (_, group) => [4 * group, 4 * group + 4] as const)] as const;

/**
 * The cluster_id that the server derives from the MD5 of a cluster's CA file; two clusters with one CA share an id.
 * The digest's characters are not checked, only their number (bytes of UTF-8), as on the server.
 *
 * Source: protocol.md 5.5.
 */
export function kubernetesClusterId(caMd5: string): { readonly clusterId: string } | { readonly errorMsg: string } {
  const bytes = new TextEncoder().encode(caMd5);
  if (bytes.length !== DIGEST_LENGTH) {
    return { errorMsg: `ca_md5 must be ${DIGEST_LENGTH} characters, the MD5 of the CA file in hex; it has ${bytes.length}` };
  }
  const text = String.fromCharCode(...bytes);
  const letters = SEED_RANGES.map(([from, to]) => ALPHABET.charAt(firstIntn62(parseHexAsGo(text.slice(from, to)))));
  return { clusterId: `d-${letters.join("")}` };
}

/** Go's `strconv.ParseInt(text, 16, 64)` with its error ignored: saturates, takes a sign, and gives 0 for what is no number. */
function parseHexAsGo(text: string): bigint {
  const match = /^([+-]?)([0-9a-fA-F]+)$/.exec(text);
  if (!match) return 0n;
  const magnitude = BigInt(`0x${match[2]}`);
  if (match[1] === "-") return magnitude > MAX_INT64 ? -MAX_INT64 - 1n : -magnitude;
  return magnitude > MAX_INT64 ? MAX_INT64 : magnitude;
}
