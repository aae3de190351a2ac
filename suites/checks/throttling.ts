import { scriptOf } from "../history/fault-specs.ts";
import { failedRequests, faultText, requestText } from "./api-faults.ts";
import type { Check } from "./check.ts";
import { hiddenByEnd } from "./faults.ts";
import { noted, proofOf } from "./proof.ts";
import { fail, notTestable, pass } from "./verdict.ts";
import { seconds } from "./words.ts";

/** Timers may be early by a hair, and the answer is on its way for a while. */
const SLACK_MS = 100;

/** KAS-WATCH-8. */
export const heedsRetryAfter: Check = {
  id: "KAS-WATCH-8",
  readsContent: false,
  readsDelivery: true,
  run(context) {
    const { scenario } = context;
    const throttled = failedRequests(scenario, ["api-status"]).flatMap((failure) => {
      const { code, retryAfterSeconds } = scriptOf(failure.fault) ?? { fault: "" };
      if (code !== 429 || typeof retryAfterSeconds !== "number") return [];
      const next = scenario.api.requests.find(({ seq, resource }) => seq > failure.seq && resource === failure.resource);
      return [{ failure, asked: retryAfterSeconds * 1000, ...(next && { next }) }];
    });
    const early = throttled.filter(({ failure, asked, next }) => next && next.t - failure.t < asked - SLACK_MS);
    if (early.length > 0) {
      return fail({
        problem: "the agent did not wait as long as Retry-After said",
        cases: early.map(({ failure, asked, next }) => ({
          at: next ?? failure,
          text: `${requestText(failure.request)} was answered by ${faultText(failure.fault)} with Retry-After ${seconds(asked)}, and API request ${next?.req} (${next?.verb}) came ${seconds((next?.t ?? 0) - failure.t)} later`,
        })),
        consequence:
          "The API server throttles because it is overloaded; whoever comes back too soon keeps it so, for every client.",
        mend: "Wait for the seconds in the header Retry-After before the next request of that kind, whatever the own backoff says.",
      });
    }
    const waited = throttled.find(({ next }) => next);
    if (!waited?.next) return hiddenByEnd(context) ?? notTestable("no request followed a 429 with Retry-After");
    const { failure, asked, next } = waited;
    return pass(
      proofOf(context, noted(failure, `429 with Retry-After ${seconds(asked)}`), noted(next, requestText(next))),
      `the next request came ${seconds(next.t - failure.t)} after a 429 that asked for ${seconds(asked)}`,
    );
  },
};
