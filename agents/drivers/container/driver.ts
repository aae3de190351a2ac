import { hostname } from "node:os";
import { AgentUnstartableError, type AgentDriver } from "../driver.ts";
import type { AgentUnstartable } from "../events.ts";
import { powersLacking } from "../forms.ts";
import { findEngine, hasImage, hostOfContainers, removeLeftovers } from "./engine.ts";
import { containerSettings } from "./settings.ts";
import { startContainer } from "./start.ts";

/**
 * Agents as containers on this host, one for each start.
 *
 * @param image never pulled
 * @param args the container's arguments in place of the image's, placeholders not filled in; none: the image's
 * @param noWatchArgs those that tell the same agent not to watch
 * @throws AgentPlaceError where no container engine answers
 */
export async function containerDriver(
  image: string,
  args: readonly string[],
  noWatchArgs?: readonly string[],
): Promise<AgentDriver> {
  const engine = await findEngine();
  await removeLeftovers(engine);
  const [host, present] = await Promise.all([hostOfContainers(engine), hasImage(engine, image)]);
  return {
    place: "container",
    host,
    lacks: powersLacking("image", "container", noWatchArgs),
    jobs: Infinity,
    async open(request) {
      const { recorder } = request;
      if (!present) {
        const problem = `the container engine has no image ${image}, and none is pulled: build it, or \`docker pull ${image}\` first`;
        recorder.record<AgentUnstartable>({ side: "agent", kind: "unstartable", problem });
        throw new AgentUnstartableError(problem);
      }
      const owner = { host: hostname(), pid: process.pid };
      return {
        start(life, { told, server } = {}) {
          const given = told === undefined ? args : (noWatchArgs ?? []);
          const settings = containerSettings({ ...request, settings: { ...request.settings, ...server } }, given, owner);
          return startContainer({ engine, image, settings, recorder, life });
        },
        [Symbol.asyncDispose]: async () => {},
      };
    },
    [Symbol.asyncDispose]: async () => {},
  };
}
