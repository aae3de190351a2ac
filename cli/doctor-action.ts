import { canonicalJson } from "../report/index.ts";
import { lookAtMachine } from "./doctor-facts.ts";
import { diagnose, isUsable, type Diagnosis } from "./doctor-judge.ts";
import type { DoctorFlags } from "./doctor.ts";
import { EXIT } from "./exit-codes.ts";

const TITLES: readonly (readonly [Diagnosis["area"], string])[] = [
  ["clusters", "Clusters"],
  ["agents", "Agents"],
  ["examples", "Example agents"],
  ["machine", "Machine"],
];

/** Prints what works on this machine, and exits with 4 where the embedded way does not. */
export async function doctor(flags: DoctorFlags): Promise<void> {
  const diagnoses = diagnose(await lookAtMachine());
  const usable = isUsable(diagnoses);
  process.stdout.write(flags.json === true ? `${canonicalJson({ usable, diagnoses })}\n` : doctorText(diagnoses));
  process.exitCode = usable ? EXIT.passed : EXIT.environment;
}

/** The diagnoses for people: by area, each with how to mend it. Pure. */
export function doctorText(diagnoses: readonly Diagnosis[]): string {
  const width = Math.max(...diagnoses.map(({ id }) => id.length));
  const sections = TITLES.map(([area, title]) => {
    const rows = diagnoses.filter((diagnosis) => diagnosis.area === area);
    const lines = rows.flatMap(({ id, state, text, remedy }) => [
      `  ${state.padEnd("limited".length)}  ${id.padEnd(width)}  ${text}`,
      ...(remedy === undefined ? [] : [`${" ".repeat(width + 13)}→ ${remedy}`]),
    ]);
    return `${title}\n${lines.join("\n")}\n`;
  });
  const usable = isUsable(diagnoses);
  const end = usable ? "`run` works here with the embedded cluster." : "`run` does not work here.";
  return `${sections.join("\n")}\n${end}\n`;
}
