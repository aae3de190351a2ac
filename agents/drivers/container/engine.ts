import { createServer } from "node:net";
import { hostname } from "node:os";
import type { ContainerRuntimeClient } from "testcontainers";
import { AgentPlaceError } from "../driver.ts";
import { LABELS } from "./settings.ts";

/** The container engine's client, as dockerode gives it. */
export type Engine = ContainerRuntimeClient["container"]["dockerode"];

/**
 * Finds the container engine as testcontainers does: DOCKER_HOST, the usual sockets, `~/.testcontainers.properties`.
 *
 * @throws AgentPlaceError where none answers
 */
export async function findEngine(): Promise<Engine> {
  const { getContainerRuntimeClient } = await import("testcontainers");
  try {
    return (await getContainerRuntimeClient()).container.dockerode;
  } catch (error) {
    throw new AgentPlaceError(
      "no container engine answers, and --image runs the agent in a container: start Docker, or say where it is by DOCKER_HOST",
      { cause: error },
    );
  }
}

/** Name of this host in containers whose engine runs in a virtual machine. */
const ENGINE_NAME_OF_HOST = "host.docker.internal";

/**
 * How a container on the engine's default network finds this host: by the gateway where that is an interface of this host;
 * else the engine runs elsewhere (Docker Desktop) and forwards a name of its own to this host's loopback.
 */
export async function hostOfContainers(engine: Engine): Promise<{ readonly listen: string; readonly name: string }> {
  const { IPAM } = (await engine.getNetwork("bridge").inspect()) as { IPAM?: { Config?: readonly { Gateway?: string }[] } };
  for (const { Gateway: gateway } of IPAM?.Config ?? []) {
    if (gateway !== undefined && (await isOwnAddress(gateway))) return { listen: gateway, name: gateway };
  }
  return { listen: "127.0.0.1", name: ENGINE_NAME_OF_HOST };
}

/** Tried, since a bridge without containers is down and stands in no list of interfaces. */
async function isOwnAddress(address: string): Promise<boolean> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(0, address, resolve);
    });
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

/** True where the engine has the image. None is ever pulled. */
export async function hasImage(engine: Engine, image: string): Promise<boolean> {
  try {
    await engine.getImage(image).inspect();
    return true;
  } catch (error) {
    if (statusOf(error) === 404) return false;
    throw error;
  }
}

/**
 * Those of the images that the engine has, to be copied to where pods run.
 *
 * @throws AgentPlaceError where no container engine answers
 */
export async function presentImages(images: readonly string[]): Promise<readonly string[]> {
  const engine = await findEngine();
  const present = await Promise.all(images.map((image) => hasImage(engine, image)));
  return images.filter((_image, index) => present[index]);
}

/** Removes the containers of harnesses of this host that are gone without having done so. */
export async function removeLeftovers(engine: Engine): Promise<void> {
  const left = await engine.listContainers({ all: true, filters: { label: [`${LABELS.host}=${hostname()}`] } });
  for (const { Id, Labels } of left) {
    if (isAlive(Number(Labels[LABELS.pid]))) continue;
    await removeContainer(engine, Id);
  }
}

/** Removes a container that may run, or be gone already. */
export async function removeContainer(engine: Engine, id: string): Promise<void> {
  try {
    await engine.getContainer(id).remove({ force: true, v: true });
  } catch (error) {
    // 409: another call removes it right now
    if (![404, 409].includes(statusOf(error))) throw error;
  }
}

/** HTTP status of an engine's refusal; 0 where it is none. */
export function statusOf(error: unknown): number {
  return error instanceof Error && "statusCode" in error ? Number(error.statusCode) : 0;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
