/** Whether a text is an IPv4 or IPv6 address, as Go reads one (no leading zeros, no zone). */
export function isAddress(text: string): boolean {
  return text.includes(":") ? isIpv6(text) : isIpv4(text);
}

/**
 * Whether the server can tidy a text up to an address or a prefix. It looks only at texts with a dot or a colon; any
 * other is passed over without harm. Source: protocol.md 4.1.
 */
export function isTidyAddress(text: string): boolean {
  if (!/[.:]/.test(text)) return true;
  const slash = text.indexOf("/");
  if (slash < 0) return isAddress(text);
  const [address, length] = [text.slice(0, slash), text.slice(slash + 1)];
  return isAddress(address) && /^(0|[1-9]\d{0,2})$/.test(length) && Number(length) <= (address.includes(":") ? 128 : 32);
}

function isIpv4(text: string): boolean {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

function isIpv6(text: string): boolean {
  const halves = text.split("::");
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  const last = groups.at(-1);
  const embedded = last?.includes(".") ?? false;
  if (embedded && !(isIpv4(last ?? "") && !text.endsWith("::"))) return false;
  const hex = embedded ? groups.slice(0, -1) : groups;
  if (!hex.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return false;
  const count = hex.length + (embedded ? 2 : 0);
  return halves.length === 2 ? count <= 7 : count === 8;
}
