import { Buffer } from "node:buffer";
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from "node:crypto";
import { isIP, isIPv4 } from "node:net";
import { networkInterfaces } from "node:os";
import { bits, boolean, context, integer, octets, oid, sequence, set, utcTime, utf8 } from "./der.ts";

/** What a TLS server and those who trust it need. */
export interface ServingCertificate {
  /** Certificate of the authority, to be trusted. */
  readonly caPem: string;
  readonly certPem: string;
  readonly keyPem: string;
}

const ECDSA_SHA256 = sequence(oid("1.2.840.10045.4.3.2"));
const DAY_MS = 86_400_000;

interface Authority {
  readonly caPem: string;
  readonly key: KeyObject;
  readonly identifier: Buffer;
}

let authority: Authority | undefined;
const made = new Map<string, ServingCertificate>();

/**
 * A certificate authority and a server certificate (EC P-256) for localhost, the IPv4 addresses that this host has then,
 * ::1, the name by which containers find this host, and the names of the `kubernetes` Service. The authority is made once
 * per process, the certificate once per list of names. Carries key identifiers, without which strict verifiers (Python 3.13)
 * refuse it (RFC 5280 4.2.1.1).
 * @param hosts further host names and IP addresses under which the server is dialled
 */
export function servingCertificate(hosts: readonly string[] = []): ServingCertificate {
  const key = hosts.join(" ");
  const known = made.get(key);
  if (known !== undefined) return known;
  authority ??= makeAuthority();
  const certificate = makeCertificate(authority, hosts);
  made.set(key, certificate);
  return certificate;
}

function makeAuthority(): Authority {
  const authority = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const identifier = keyIdentifier(authority.publicKey);
  const caPem = certificate({
    subject: "kubernetes",
    publicKey: authority.publicKey,
    signer: authority.privateKey,
    extensions: [
      extension("2.5.29.19", true, sequence(boolean(true))),
      extension("2.5.29.15", true, bits(Buffer.of(0b1010_0100), 2)), // digitalSignature, keyEncipherment, keyCertSign
      extension("2.5.29.14", false, octets(identifier)),
    ],
  });
  return { caPem, key: authority.privateKey, identifier };
}

function makeCertificate(authority: Authority, hosts: readonly string[]): ServingCertificate {
  const server = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const certPem = certificate({
    subject: "kube-apiserver",
    publicKey: server.publicKey,
    signer: authority.key,
    extensions: [
      extension("2.5.29.19", true, sequence()),
      extension("2.5.29.15", true, bits(Buffer.of(0b1000_0000), 7)), // digitalSignature
      extension("2.5.29.37", false, sequence(oid("1.3.6.1.5.5.7.3.1"))), // serverAuth
      extension("2.5.29.14", false, octets(keyIdentifier(server.publicKey))),
      extension("2.5.29.35", false, sequence(context(0, false, authority.identifier))),
      extension("2.5.29.17", false, sequence(...alternativeNames(hosts))),
    ],
  });
  const keyPem = server.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  return { caPem: authority.caPem, certPem, keyPem };
}

function alternativeNames(hosts: readonly string[]): readonly Buffer[] {
  const names = [
    "localhost",
    "kubernetes",
    "kubernetes.default",
    "kubernetes.default.svc",
    "kubernetes.default.svc.cluster.local",
    "host.docker.internal",
    ...hosts.filter((host) => isIP(host) === 0),
  ];
  const own = Object.values(networkInterfaces()).flatMap((interfaces = []) => interfaces.map(({ address }) => address));
  const addresses = new Set(["127.0.0.1", "::1", ...own.filter(isIPv4), ...hosts.filter((host) => isIP(host) !== 0)]);
  return [
    ...names.map((name) => context(2, false, Buffer.from(name))),
    ...[...addresses].map((address) => context(7, false, addressBytes(address))),
  ];
}

/** The 4 or 16 bytes of an IP address (RFC 5280 4.2.1.6). */
function addressBytes(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split(".").map(Number));
  // The URL parser writes an address without zone, mixed notation and capitals; only `::` is left to be filled.
  const [head = "", tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split("::");
  const words = (text: string): readonly number[] =>
    text === "" ? [] : text.split(":").map((word) => Number.parseInt(word, 16));
  const [left, right] = [words(head), words(tail ?? "")];
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => 0);
  return Buffer.from([...left, ...zeros, ...right].flatMap((word) => [word >> 8, word & 0xff]));
}

function certificate(request: {
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly signer: KeyObject;
  readonly extensions: readonly Buffer[];
}): string {
  const now = Date.now();
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40; // positive, and no leading zero
  const body = sequence(
    context(0, true, integer(Buffer.of(2))), // X.509 v3
    integer(serial),
    ECDSA_SHA256,
    commonName("kubernetes"),
    sequence(utcTime(new Date(now - DAY_MS)), utcTime(new Date(now + 365 * DAY_MS))),
    commonName(request.subject),
    request.publicKey.export({ type: "spki", format: "der" }),
    context(3, true, sequence(...request.extensions)),
  );
  const der = sequence(body, ECDSA_SHA256, bits(sign("sha256", body, request.signer)));
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

function extension(id: string, critical: boolean, value: Buffer): Buffer {
  return critical ? sequence(oid(id), boolean(true), octets(value)) : sequence(oid(id), octets(value));
}

function commonName(name: string): Buffer {
  return sequence(set(sequence(oid("2.5.4.3"), utf8(name))));
}

/** SHA-1 of the public key's bits (RFC 5280 4.2.1.2); a name, not a proof. */
function keyIdentifier(key: KeyObject): Buffer {
  const spki = key.export({ type: "spki", format: "der" });
  return createHash("sha1").update(spki.subarray(-65)).digest(); // an uncompressed P-256 point ends the structure
}
