import { basename } from "node:path";
import type { RunOptions } from "../suites/runner/index.ts";
import { readUserFile } from "./read-file.ts";
import type { RunFlags } from "./run.ts";
import { UsageError } from "./usage-error.ts";

const WITH_PODS: readonly RunFlags["cluster"][] = ["kind", "kubeconfig"];

/**
 * Which agent is meant.
 *
 * @param command what follows `--`
 * @throws UsageError where it is none, or more than one
 */
export function agentFor(
  command: readonly string[],
  flags: Pick<RunFlags, "agent" | "attach" | "image" | "agentIn" | "manifest" | "cluster" | "readOnly" | "hostAddress">,
): RunOptions["agent"] {
  const { agent, attach, image, agentIn, manifest, cluster, readOnly, hostAddress } = flags;
  const forms = [agent && `--agent ${agent}`, image && "--image", manifest && "--manifest", attach && "--attach"].filter(
    (form) => form !== undefined,
  );
  const [form] = forms;
  if (forms.length > 1) throw new UsageError(`${forms.join(" and ")} are ${forms.length} agents; give one of them`);
  if (form !== undefined && image === undefined && command.length > 0) {
    throw new UsageError(`${form} and a command after -- are two agents; give one of them`);
  }
  if (agentIn !== undefined && image === undefined) {
    throw new UsageError("--agent-in says where an --image runs, and there is none");
  }
  if (!WITH_PODS.includes(cluster) && (agentIn === "pod" || manifest !== undefined)) {
    const what = manifest === undefined ? "--agent-in pod" : "--manifest";
    throw new UsageError(`${what} takes a cluster that runs pods: --cluster ${WITH_PODS.join(" or ")}, and not ${cluster}`);
  }
  if (readOnly && (agentIn === "pod" || manifest !== undefined)) {
    const what = manifest === undefined ? "--agent-in pod" : "--manifest";
    throw new UsageError(`${what} is written to the cluster, and with --read-only nothing is`);
  }
  const inside = manifest !== undefined || (image !== undefined && agentIn !== "container" && readOnly !== true);
  if (cluster === "kubeconfig" && inside && hostAddress === undefined) {
    throw new UsageError(
      "an agent inside your own cluster takes --host-address ADDRESS: by what its pods reach this host, where the mock server is",
    );
  }
  if (image !== undefined) {
    return { form: "image", image, args: command, ...(agentIn === undefined ? {} : { place: agentIn }) };
  }
  if (manifest !== undefined) {
    return { form: "manifest", name: basename(manifest), text: readUserFile(manifest, "--manifest") };
  }
  if (attach) return { form: "attach", ...(hostAddress === undefined ? {} : { hostAddress }) };
  if (agent !== undefined && agent !== "reference") throw new UsageError(`unknown agent form "${agent}"; there is: reference`);
  if (agent !== undefined) return { form: "reference" };
  if (command.length > 0) return { form: "command", command };
  throw new UsageError(
    "no agent: give its command after --, as in `run -- ./my-agent --server {server}`, or --agent reference, --image, --manifest, --attach",
  );
}
