import { createCommand } from "./command-line.ts";
import { runAsProcess } from "./run.ts";

runAsProcess(createCommand());
