const MEBIBYTE = 1 << 20;

/** How far an entry is followed. The real server has no such limits but its memory. */
export interface InflateLimits {
  /** Inflated bytes of one entry. */
  readonly maxInflatedBytes: number;
  /** Inflated bytes for each compressed byte, above `FREE_BYTES`. */
  readonly maxRatio: number;
  /** Nesting of the JSON document; Go's encoding/json stops at 10,000. */
  readonly maxDepth: number;
}

/** Inflated bytes that are never called a bomb, whatever their ratio: more than etcd lets an object have. */
const FREE_BYTES = 4 * MEBIBYTE;

export const DEFAULT_LIMITS: InflateLimits = { maxInflatedBytes: 64 * MEBIBYTE, maxRatio: 200, maxDepth: 10_000 };

/** Where inflation of so many compressed bytes stops. */
export function outputLimit(compressedBytes: number, limits: InflateLimits): number {
  return Math.min(limits.maxInflatedBytes, Math.max(FREE_BYTES, limits.maxRatio * compressedBytes));
}
