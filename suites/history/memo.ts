/** A value that is made when it is first asked for. What throws is tried again the next time. */
export function memo<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
