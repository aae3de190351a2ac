import { parseDocument, stringify } from "yaml";
import { MockServerError } from "../errors.ts";
import { apiResources } from "./api-resources.ts";
import { ConfigError, isMapping, type Mapping, setAt, valueAt } from "./mapping.ts";
import { renameOldKeys } from "./old-keys.ts";

/** The configuration that the mock hands out to agents. */
export interface HandedConfig {
  /** The YAML text of `user_config`, which sends the agent to this port unless the configuration names another. */
  userConfig(port: number): string;
}

const CONTROLLER_PORT = ["global", "communication", "proxy_controller_port"];
const API_RESOURCES = ["inputs", "resources", "kubernetes", "api_resources"];

/**
 * Reads an agent configuration: YAML text or the mapping itself, with the keys of protocol.md 6.1, old or new. Old ones
 * are handed out under their new names; what is not known here is handed out as it is.
 *
 * @throws MockServerError `bad-option`
 */
export function readAgentConfig(given: string | Readonly<Record<string, unknown>> = {}): HandedConfig {
  try {
    const config = typeof given === "string" ? parse(given) : copyOf(given);
    renameOldKeys(config);
    const resources = valueAt(config, API_RESOURCES);
    if (resources !== undefined) setAt(config, API_RESOURCES, apiResources(resources, API_RESOURCES.join(".")));
    const fixedPort = readPort(valueAt(config, CONTROLLER_PORT));
    return {
      userConfig(port) {
        const handed = structuredClone(config);
        if (fixedPort === undefined) setAt(handed, CONTROLLER_PORT, port);
        return stringify(handed);
      },
    };
  } catch (error) {
    if (error instanceof ConfigError) throw new MockServerError("bad-option", `the agent configuration: ${error.message}`);
    throw error;
  }
}

function parse(text: string): Mapping {
  const document = parseDocument(text);
  const [problem] = document.errors;
  if (problem) throw new ConfigError(problem.message.trim());
  return mappingOf(valueOf(() => document.toJS({ maxAliasCount: 100 }) as unknown));
}

function copyOf(given: Readonly<Record<string, unknown>>): Mapping {
  return mappingOf(valueOf(() => JSON.parse(JSON.stringify(given)) as unknown));
}

function valueOf(make: () => unknown): unknown {
  try {
    return make();
  } catch (error) {
    throw new ConfigError(error instanceof Error ? error.message : String(error));
  }
}

function mappingOf(value: unknown): Mapping {
  if (value === null) return {};
  if (isMapping(value)) return value;
  throw new ConfigError("it must be a YAML mapping, such as inputs: {resources: …}");
}

function readPort(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 65_535) return value;
  throw new ConfigError(`${CONTROLLER_PORT.join(".")} must be a port, 1 to 65535`);
}
