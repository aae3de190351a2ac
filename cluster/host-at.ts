import { networkInterfaces } from "node:os";
import type { HostAddress } from "./provider.ts";

/** This host by a name or address of it: what is no address of its own is a name that others have for it, by whatever interface. */
export function hostAt(name: string): HostAddress {
  const own = Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === name));
  return { listen: own ? name : "0.0.0.0", name };
}
