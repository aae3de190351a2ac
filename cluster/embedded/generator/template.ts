import type { World } from "./world.ts";

const COLLECTOR = "http://collector.monitoring.svc.cluster.local:4317";

/** What varies between pod templates. */
export interface TemplateOptions {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly image: string;
  readonly port?: number;
  readonly hostNetwork?: boolean;
  /** ConfigMap and Secret that the container reads; absent where there is none. */
  readonly configMap?: string;
  readonly secret?: string;
  readonly sidecar?: boolean;
  /** With a liveness probe and more of an environment. */
  readonly rich?: boolean;
  readonly restartPolicy?: "Always" | "Never" | "OnFailure";
  readonly serviceAccount?: string;
  readonly claim?: string;
}

/** A PodTemplateSpec with every default that the API server fills in. */
export interface PodTemplate {
  readonly metadata: {
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  };
  readonly spec: PodSpec;
}

/** The part of a pod spec that the generator itself looks at; the rest is carried along. */
export interface PodSpec {
  readonly containers: readonly Container[];
  readonly volumes: readonly object[];
  readonly hostNetwork?: true;
  readonly [field: string]: unknown;
}

/** A container of a template. */
export interface Container {
  readonly name: string;
  readonly image: string;
  readonly ports: readonly { readonly name: string; readonly containerPort: number; readonly protocol: "TCP" }[];
  readonly volumeMounts: readonly object[];
  readonly [field: string]: unknown;
}

/** A pod template of an ordinary service: named ports, probes, resources, environment, volumes. */
export function podTemplate(world: World, options: TemplateOptions): PodTemplate {
  const main = mainContainer(world, options);
  const containers = options.sidecar === true ? [main, sidecar(world, options)] : [main];
  return {
    metadata: {
      labels: options.labels,
      annotations: {
        "checksum/config": world.random.hex(64),
        ...(options.rich === true ? { "prometheus.io/port": "9090", "prometheus.io/scrape": "true" } : {}),
      },
    },
    spec: {
      ...(options.hostNetwork === true
        ? { hostNetwork: true, dnsPolicy: "ClusterFirstWithHostNet" }
        : { dnsPolicy: "ClusterFirst" }),
      containers,
      restartPolicy: options.restartPolicy ?? "Always",
      schedulerName: "default-scheduler",
      securityContext: { fsGroup: 2000 },
      ...(options.serviceAccount === undefined
        ? {}
        : { serviceAccount: options.serviceAccount, serviceAccountName: options.serviceAccount }),
      terminationGracePeriodSeconds: 30,
      volumes: volumes(options),
    },
  };
}

function mainContainer(world: World, options: TemplateOptions): Container {
  const port = options.port ?? 8080;
  return {
    env: environment(world, options),
    image: options.image,
    imagePullPolicy: "IfNotPresent",
    ...(options.rich === true ? { livenessProbe: probe("/healthz", 15, 20) } : {}),
    name: options.name,
    ports: [
      { containerPort: port, name: "http", protocol: "TCP" },
      { containerPort: 9090, name: "metrics", protocol: "TCP" },
    ],
    readinessProbe: probe("/ready", 5, 10),
    resources: {
      limits: { cpu: "1", memory: `${world.random.pick([256, 512, 1024])}Mi` },
      requests: { cpu: `${world.random.pick([50, 100, 200])}m`, memory: "128Mi" },
    },
    securityContext: { allowPrivilegeEscalation: false },
    terminationMessagePath: "/dev/termination-log",
    terminationMessagePolicy: "File",
    volumeMounts: [
      ...(scratch(options) ? [{ mountPath: "/tmp", name: "scratch" }] : []),
      ...(options.configMap === undefined ? [] : [{ mountPath: `/etc/${options.name}`, name: "config", readOnly: true }]),
      ...(options.claim === undefined ? [] : [{ mountPath: "/var/lib/data", name: options.claim }]),
    ],
  };
}

function sidecar(world: World, options: TemplateOptions): Container {
  return {
    args: ["--upstream", `127.0.0.1:${options.port ?? 8080}`, "--log-format", "json"],
    env: [fieldEnv("POD_NAME", "metadata.name"), fieldEnv("POD_NAMESPACE", "metadata.namespace")],
    image: "registry.example.com/platform/proxy:1.29.7",
    imagePullPolicy: "IfNotPresent",
    name: "proxy",
    ports: [{ containerPort: 15021, name: "proxy-status", protocol: "TCP" }],
    resources: { limits: { memory: "128Mi" }, requests: { cpu: `${world.random.pick([10, 20])}m`, memory: "64Mi" } },
    terminationMessagePath: "/dev/termination-log",
    terminationMessagePolicy: "File",
    volumeMounts: [{ mountPath: "/tmp", name: "scratch" }],
  };
}

function environment(world: World, options: TemplateOptions): readonly object[] {
  return [
    { name: "LOG_LEVEL", value: world.random.pick(["info", "warn", "debug"]) },
    ...(options.rich === true ? [fieldEnv("NODE_NAME", "spec.nodeName"), { name: "OTEL_EXPORTER", value: COLLECTOR }] : []),
    ...(options.configMap === undefined
      ? []
      : [{ name: "FEATURE_FLAGS", valueFrom: { configMapKeyRef: { key: "flags", name: options.configMap } } }]),
    ...(options.secret === undefined
      ? []
      : [{ name: "DATABASE_PASSWORD", valueFrom: { secretKeyRef: { key: "password", name: options.secret } } }]),
  ];
}

function scratch(options: TemplateOptions): boolean {
  return options.rich === true || options.sidecar === true;
}

function fieldEnv(name: string, fieldPath: string): object {
  return { name, valueFrom: { fieldRef: { apiVersion: "v1", fieldPath } } };
}

function probe(path: string, initialDelaySeconds: number, periodSeconds: number): object {
  return {
    failureThreshold: 3,
    httpGet: { path, port: "http", scheme: "HTTP" },
    initialDelaySeconds,
    periodSeconds,
    successThreshold: 1,
    timeoutSeconds: 1,
  };
}

function volumes(options: TemplateOptions): readonly object[] {
  return [
    ...(scratch(options) ? [{ emptyDir: {}, name: "scratch" }] : []),
    ...(options.configMap === undefined ? [] : [{ configMap: { defaultMode: 420, name: options.configMap }, name: "config" }]),
  ];
}
