/** The bytes of a `KubernetesAPIInfo`, made by hand so that tests rest on the wire format and not on our own encoder. */
export function apiInfo(fields: {
  readonly type?: string;
  readonly info?: string;
  readonly compressedInfo?: Uint8Array;
}): Buffer {
  return Buffer.concat([
    ...(fields.type === undefined ? [] : lengthDelimited(1, Buffer.from(fields.type))),
    ...(fields.info === undefined ? [] : lengthDelimited(2, Buffer.from(fields.info))),
    ...(fields.compressedInfo === undefined ? [] : lengthDelimited(3, fields.compressedInfo)),
  ]);
}

function lengthDelimited(field: number, value: Uint8Array): readonly Uint8Array[] {
  const head = [(field << 3) | 2];
  let rest = value.length;
  for (; rest >= 0x80; rest >>>= 7) head.push((rest & 0x7f) | 0x80);
  head.push(rest);
  return [Uint8Array.from(head), value];
}
