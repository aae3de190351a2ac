import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { convert, findRelease, partialObjectMetadataOf, resourceKey, resourcesOf, toStorage } from "./index.ts";
import type { KubeObject, ResourceDefinition } from "./index.ts";

const release = findRelease("1.20");

function definition(key: string): ResourceDefinition {
  const found = release === undefined ? undefined : resourcesOf(release, []).find((one) => resourceKey(one) === key);
  if (found === undefined) throw new Error(`no resource ${key}`);
  return found;
}

const metadata = { name: "web", namespace: "default", uid: "u-1" };
const INGRESSES = definition("ingresses.networking.k8s.io");
const EXTENSIONS = definition("ingresses.extensions");

const stored: KubeObject = {
  apiVersion: "networking.k8s.io/v1",
  kind: "Ingress",
  metadata,
  spec: {
    ingressClassName: "nginx",
    defaultBackend: { service: { name: "web", port: { number: 80 } } },
    rules: [
      {
        host: "web.example.com",
        http: {
          paths: [
            { path: "/", pathType: "Prefix", backend: { service: { name: "web", port: { name: "http" } } } },
            { path: "/files", pathType: "Exact", backend: { resource: { kind: "Bucket", name: "files" } } },
          ],
        },
      },
      { host: "bare.example.com" },
    ],
    tls: [{ hosts: ["web.example.com"] }],
  },
};

describe("conversion", () => {
  it.each([
    [INGRESSES, "networking.k8s.io/v1beta1"],
    [EXTENSIONS, "extensions/v1beta1"],
  ])("shows an Ingress in the old form (%#)", (asked, apiVersion) => {
    expect(convert(asked, stored, "v1beta1")).toEqual({
      apiVersion,
      kind: "Ingress",
      metadata,
      spec: {
        ingressClassName: "nginx",
        backend: { serviceName: "web", servicePort: 80 },
        rules: [
          {
            host: "web.example.com",
            http: {
              paths: [
                { path: "/", pathType: "Prefix", backend: { serviceName: "web", servicePort: "http" } },
                { path: "/files", pathType: "Exact", backend: { resource: { kind: "Bucket", name: "files" } } },
              ],
            },
          },
          { host: "bare.example.com" },
        ],
        tls: [{ hosts: ["web.example.com"] }],
      },
    });
  });

  it("brings every form of an Ingress back to the stored one", () => {
    expect(toStorage(EXTENSIONS, convert(EXTENSIONS, stored, "v1beta1"))).toEqual(stored);
    expect(toStorage(INGRESSES, convert(INGRESSES, stored, "v1beta1"))).toEqual(stored);
    expect(toStorage(INGRESSES, stored)).toBe(stored);
  });

  it("gives a path without a type the default", () => {
    const paths = [{ path: "/", backend: { serviceName: "web", servicePort: 80 } }];
    const old = { apiVersion: "extensions/v1beta1", kind: "Ingress", metadata, spec: { rules: [{ http: { paths } }] } };
    expect(toStorage(EXTENSIONS, old)["spec"]).toEqual({
      rules: [
        {
          http: {
            paths: [
              { path: "/", pathType: "ImplementationSpecific", backend: { service: { name: "web", port: { number: 80 } } } },
            ],
          },
        },
      ],
    });
  });

  it("shows an Event under both of its addresses", () => {
    const event: KubeObject = {
      apiVersion: "v1",
      kind: "Event",
      metadata,
      message: "m",
      count: 2,
      involvedObject: { name: "p" },
    };
    const events = definition("events.events.k8s.io");
    const shown = convert(events, event, "v1");
    expect(shown).toEqual({
      apiVersion: "events.k8s.io/v1",
      kind: "Event",
      metadata,
      note: "m",
      deprecatedCount: 2,
      regarding: { name: "p" },
    });
    expect(toStorage(events, shown)).toEqual(event);
  });

  it("changes nothing but apiVersion of other kinds, and does not change its argument", () => {
    const hpa: KubeObject = Object.freeze({ apiVersion: "autoscaling/v1", kind: "HorizontalPodAutoscaler", metadata });
    expect(convert(definition("horizontalpodautoscalers.autoscaling"), hpa, "v2beta2")).toEqual({
      ...hpa,
      apiVersion: "autoscaling/v2beta2",
    });
  });

  it("takes whatever JSON an Ingress has for a spec", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (spec) => {
        const odd: KubeObject = { apiVersion: "networking.k8s.io/v1", kind: "Ingress", metadata, spec };
        expect(convert(INGRESSES, odd, "v1beta1").metadata).toBe(metadata);
        expect(toStorage(INGRESSES, { ...odd, apiVersion: "networking.k8s.io/v1beta1" }).metadata).toBe(metadata);
      }),
    );
  });

  it("reduces an object to its metadata", () => {
    expect(partialObjectMetadataOf(stored)).toEqual({ kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1", metadata });
  });
});
