import type { Check } from "./check.ts";
import { throughout } from "./proof.ts";
import { fail, pass } from "./verdict.ts";
import { callText, count } from "./words.ts";

/** KAS-CONN-1: some request reached a service that the target serves. An agent may try the other one first. */
export const servedService: Check = {
  id: "KAS-CONN-1",
  readsContent: false,
  withoutAccepted: "cause",
  run(context) {
    const { scenario, target, oracle } = context;
    const served = target.services.map((service) => `/${service}.Synchronizer`).join(" or ");
    if (oracle.calls.length > 0) return pass(throughout(context), `${count(oracle.calls.length, "request")} on ${served}`);
    const cases = scenario.calls.map((call) => ({
      at: call,
      text: `${callText(call)} went to /${call.service}.Synchronizer/KubernetesAPISync and was answered with status ${call.answer?.code ?? "none"}`,
    }));
    return fail({
      problem: `every request went to a service that ${target.id} does not serve`,
      cases,
      consequence: `${target.id} serves ${served} alone and answers UNIMPLEMENTED to any other.`,
      mend: `Call KubernetesAPISync on ${served}; the field numbers are the same.`,
    });
  },
};
