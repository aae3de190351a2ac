import { X509Certificate, createPrivateKey } from "node:crypto";
import { isIPv4 } from "node:net";
import { networkInterfaces } from "node:os";
import { describe, expect, it } from "vitest";
import { servingCertificate } from "./certificates.ts";

describe("the serving certificate", () => {
  const { caPem, certPem, keyPem } = servingCertificate();
  const [ca, cert] = [new X509Certificate(caPem), new X509Certificate(certPem)];

  it("is signed by an authority that may sign", () => {
    expect(ca.ca).toBe(true);
    expect(ca.verify(ca.publicKey)).toBe(true);
    expect(cert.ca).toBe(false);
    expect(cert.verify(ca.publicKey)).toBe(true);
    expect(cert.checkIssued(ca)).toBe(true);
    expect(cert.checkPrivateKey(createPrivateKey(keyPem))).toBe(true);
  });

  it.each(["localhost", "kubernetes.default.svc", "host.docker.internal"])("is good for %s", (name) => {
    expect(cert.checkHost(name)).toBe(name);
  });

  it.each(["127.0.0.1", "::1"])("is good for the address %s", (address) => {
    expect(cert.checkIP(address)).toBe(address);
  });

  it("is good for every IPv4 address of this host", () => {
    const addresses = Object.values(networkInterfaces()).flatMap((interfaces = []) => interfaces.map(({ address }) => address));
    const bad = addresses.filter((address) => isIPv4(address) && cert.checkIP(address) === undefined);
    expect(bad).toEqual([]);
  });

  it("is made once", () => {
    expect(servingCertificate().certPem).toBe(certPem);
  });
});
