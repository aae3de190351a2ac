import { accessSync, constants } from "node:fs";
import { join } from "node:path";

/** The programs of a control plane, as absolute or relative paths. */
export interface EnvtestAssets {
  readonly etcd: string;
  readonly apiServer: string;
}

const HOW_TO_GET =
  "setup-envtest (sigs.k8s.io/controller-runtime) fetches them: " +
  "export KUBEBUILDER_ASSETS=$(setup-envtest use -p path 1.30.x)";

/**
 * Finds the programs where envtest keeps them.
 * @param folder default: the environment's KUBEBUILDER_ASSETS
 * @throws Error that names the variable, the file, and how to get it
 */
export function findAssets(folder = process.env["KUBEBUILDER_ASSETS"]): EnvtestAssets {
  if (folder === undefined || folder === "") {
    throw new Error(
      `KUBEBUILDER_ASSETS is not set: it names the folder that holds the programs etcd and kube-apiserver. ${HOW_TO_GET}`,
    );
  }
  return { etcd: program(folder, "etcd"), apiServer: program(folder, "kube-apiserver") };
}

function program(folder: string, name: string): string {
  const path = join(folder, name);
  try {
    accessSync(path, constants.X_OK);
  } catch (error) {
    const found = (error as NodeJS.ErrnoException).code === "EACCES" ? "may not be executed" : "is not there";
    throw new Error(`${path} ${found}: KUBEBUILDER_ASSETS must name a folder with etcd and kube-apiserver. ${HOW_TO_GET}`, {
      cause: error,
    });
  }
  return path;
}
