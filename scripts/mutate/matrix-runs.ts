import { existsSync } from "node:fs";
import { join } from "node:path";
import { mutants } from "../../agents/index.ts";
import { folderOf, nameOf, type Subject, subjectsOf } from "../../suites/selftest/index.ts";

/** A run of the kill matrix that was kept. */
export interface MatrixRun {
  /** The agent and its run, for people. */
  readonly name: string;
  readonly subject: Subject;
  /** Path of its transcript. */
  readonly transcript: string;
}

/** The runs that `selftest --keep` left in a folder, those of the reference agent first: most is demanded of them. */
export function matrixRuns(folder: string): readonly MatrixRun[] {
  const kept = subjectsOf(mutants).flatMap((subject): readonly MatrixRun[] => {
    const transcript = join(folder, folderOf(subject), "transcript.jsonl");
    return existsSync(transcript) ? [{ name: `${subject.name} (${nameOf(subject.choice)})`, subject, transcript }] : [];
  });
  return kept.toSorted((a, b) => Number(isReference(b)) - Number(isReference(a)));
}

const isReference = ({ subject }: MatrixRun) => subject.expects.rule === "fails-none";
