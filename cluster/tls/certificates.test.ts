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

  it("takes further names and addresses, under the same authority", () => {
    const hosts = ["proxy.example", "203.0.113.7", "fd00::1:2", "2001:db8:1:2:3:4:5:6"];
    const other = servingCertificate(hosts);
    expect(other.caPem).toBe(caPem);
    const named = new X509Certificate(other.certPem);
    expect(named.verify(ca.publicKey)).toBe(true);
    expect(named.checkHost("proxy.example")).toBe("proxy.example");
    expect(named.checkHost("localhost")).toBe("localhost");
    for (const address of ["127.0.0.1", ...hosts.slice(1)]) expect(named.checkIP(address)).toBe(address);
    expect(cert.checkIP("203.0.113.7")).toBeUndefined();
  });
});
