/** A type whose fields and arrays can be written, for what is still being read. Methods and values stay as they are. */
export type Mutable<T> = {
  -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K];
};
