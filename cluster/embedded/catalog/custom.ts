import { SCALE, define, statusOf } from "./define.ts";
import type { ResourceDefinition } from "./types.ts";

const CUSTOM_SCALE = { ...SCALE, verbs: ["get", "patch", "update"] };

/** Custom resources that deepflow agents know how to watch (protocol.md 6.2), by group as discovery orders them. */
export const customResources: readonly ResourceDefinition[] = [
  define("apps.kruise.io", ["v1alpha1"], "clonesets", "CloneSet", {
    feature: "openkruise",
    short: ["clone"],
    subresources: [CUSTOM_SCALE, statusOf("CloneSet")],
  }),
  define("apps.kruise.io", ["v1beta1"], "statefulsets", "StatefulSet", {
    feature: "openkruise",
    short: ["sts", "asts"],
    subresources: [CUSTOM_SCALE, statusOf("StatefulSet")],
  }),
  define("crd.pingan.org", ["v1alpha1"], "servicerules", "ServiceRule", { feature: "pingan" }),
  define("crd.projectcalico.org", ["v1"], "ippools", "IPPool", { feature: "calico", clusterScoped: true }),
  define("opengauss.cmbc.com.cn", ["v1"], "opengaussclusters", "OpenGaussCluster", {
    feature: "opengauss",
    subresources: [statusOf("OpenGaussCluster")],
  }),
  define("platform.stke", ["v1alpha1"], "statefulsetpluses", "StatefulSetPlus", {
    feature: "tke",
    subresources: [CUSTOM_SCALE, statusOf("StatefulSetPlus")],
  }),
  define("route.openshift.io", ["v1"], "routes", "Route", {
    feature: "openshift",
    categories: ["all"],
    subresources: [statusOf("Route")],
  }),
];
