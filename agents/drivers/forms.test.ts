import { describe, expect, it } from "vitest";
import { powersLacking, type AgentForm } from "./forms.ts";
import type { AgentPlace } from "./driver.ts";

const ALL = ["follow", "freeze", "kill", "no-watch", "replicas", "restart", "start", "stop"];
const UNTOLD = ["--quiet"];

describe("what cannot be done to an agent", () => {
  it.each<[string, AgentForm, AgentPlace, readonly string[] | undefined, readonly string[]]>([
    ["a command", "command", "host", UNTOLD, []],
    ["a command that cannot be told not to watch", "command", "host", undefined, ["no-watch"]],
    ["the reference agent", "reference", "host", UNTOLD, []],
    ["an image in a container", "image", "container", UNTOLD, []],
    ["an image in a pod", "image", "pod", undefined, ["freeze", "no-watch", "replicas"]],
    ["a manifest", "manifest", "pod", undefined, ["freeze", "no-watch", "replicas"]],
    ["one that somebody else starts", "attach", "host", undefined, ALL],
  ])("%s: is known beforehand, with the reason", (_name, form, place, noWatchCommand, lacking) => {
    const lacks = powersLacking(form, place, noWatchCommand);
    expect(Object.keys(lacks).toSorted()).toEqual(lacking);
    for (const reason of Object.values(lacks)) expect(reason).toMatch(/^[^.]{20,}$/);
  });
});
