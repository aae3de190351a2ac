/**
 * The one set of loader options. The loader and the type generator (`scripts/gen-proto.ts`) both take it from here,
 * since types that were generated under other options would lie. An absent field is a missing key; 64-bit numbers
 * are decimal strings; bytes are Buffers.
 */
export const LOADER_OPTIONS = Object.freeze({
  keepCase: true,
  longs: String,
  enums: String,
  defaults: false,
  oneofs: true,
  arrays: false,
  objects: false,
});
