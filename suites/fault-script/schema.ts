import type { Schema } from "../documents/index.ts";
import { apiFaults, apiSelection } from "./api-faults.ts";
import { serverFaults, serverSelection } from "./server-faults.ts";

type Faults = typeof apiFaults | typeof serverFaults;

const PLACE: Readonly<Record<string, Schema>> = {
  scenario: { type: "string", minLength: 1, description: "In this scenario of a run alone. Default: in each." },
  at: {
    enum: ["start", "opening"],
    description: "Before the agent is started, or once its first snapshot was accepted (default).",
  },
};

/** A file of faults, as it is read and as it is published for editors. */
export const faultsSchema: Schema = {
  type: "object",
  properties: {
    version: { enum: [1], description: "The version of this format." },
    faults: {
      type: "array",
      minItems: 1,
      description: "In the order in which they are scripted; the first that fits a call hits it.",
      items: { oneOf: [...variants(serverFaults, serverSelection), ...variants(apiFaults, apiSelection)] },
    },
  },
  required: ["version", "faults"],
  additionalProperties: false,
};

function variants(faults: Faults, selection: Readonly<Record<string, Schema>>): readonly Schema[] {
  return Object.entries(faults).map(([name, { description, properties, required }]) => ({
    type: "object",
    description,
    properties: { fault: { enum: [name] }, ...PLACE, ...properties, ...selection },
    required: ["fault", ...required],
    additionalProperties: false,
  }));
}
