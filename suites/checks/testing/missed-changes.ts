import { type ApiActor, named, relabelled } from "./api-actor.ts";
import { type Placed, pod } from "./world.ts";

const set = named("web-7d4b9c6f5");

/** A Pod of the little cluster that goes. */
export const old = named("legacy-4kd8z");
/** A Pod of the little cluster that stays. */
export const first = named("web-7d4b9c6f5-d5x7k");
/** A Pod that comes. */
export const fresh = pod("shop", "web-7d4b9c6f5-n3w00", set, 30);
/** Another Pod that comes. */
export const second = pod("shop", "web-7d4b9c6f5-n3w11", set, 31);

/** Chooses an object in this very form. */
export const is = (one: Placed) => (placed: Placed) => placed.object === one.object;

/** One Pod comes and one goes, and a while passes. */
export function changes(a: ApiActor): void {
  a.change("created", fresh);
  a.change("deleted", old);
  a.wait(1000);
}

/** It watches from where it was: what it missed comes, and something after it. */
export function resumes(a: ApiActor): void {
  a.watch("pods");
  a.change("modified", relabelled(first, "seen"));
  a.list("pods");
}

/** It watches from now on. */
export function loses(a: ApiActor): void {
  a.watch("pods");
  a.change("modified", relabelled(first, "seen"));
  a.upload();
  a.wait(46_000);
}
