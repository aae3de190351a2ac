import type { World } from "./world.ts";

/** How an Ingress points at its Services. */
export type IngressForm = "host" | "paths" | "named-port" | "tls" | "default-backend" | "annotated-class";

/** Every form in turn, so that any five Ingresses or more show all of them. */
export const INGRESS_FORMS: readonly IngressForm[] = ["host", "paths", "named-port", "tls", "default-backend", "annotated-class"];

/** An Ingress for a Service, stored as networking.k8s.io/v1 whatever versions the release serves. */
export function addIngress(world: World, namespace: string, service: string, form: IngressForm): void {
  const host = `${service}.${namespace}.example.com`;
  const byNumber = { service: { name: service, port: { number: 80 } } };
  const byName = { service: { name: service, port: { name: "http" } } };
  const backend = form === "named-port" ? byName : byNumber;
  const paths = form === "paths" ? ["/", "/v1", "/static"] : ["/"];
  const classed = form !== "annotated-class";
  world.add({
    resource: "ingresses.networking.k8s.io",
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    name: service,
    namespace,
    labels: { app: service },
    annotations: {
      "nginx.ingress.kubernetes.io/proxy-body-size": "8m",
      ...(classed ? {} : { "kubernetes.io/ingress.class": "nginx" }),
    },
    generation: 1,
    statusManager: "nginx-ingress-controller",
    body: {
      spec: {
        ...(classed ? { ingressClassName: "nginx" } : {}),
        ...(form === "default-backend" ? { defaultBackend: byNumber } : {}),
        rules: [{ host, http: { paths: paths.map((path) => ({ backend, path, pathType: "Prefix" })) } }],
        ...(form === "tls" ? { tls: [{ hosts: [host], secretName: `${service}-tls` }] } : {}),
      },
      status: { loadBalancer: { ingress: [{ ip: "203.0.113.10" }] } },
    },
  });
}
