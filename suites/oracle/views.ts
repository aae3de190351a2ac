import { comparedView, VERSION_INFO_TYPE } from "../../server-mock/contract/index.ts";
import type { KubeObject, ObjectLife } from "../history/types.ts";
import { textAt } from "./json.ts";
import type { SnapshotItem } from "./types.ts";

/** Compared views, made once for each object and kept as numbers, so that snapshots compare cheaply. */
export interface Views {
  ofForm(life: ObjectLife, form: number): string | undefined;
  ofItem(item: SnapshotItem, resource: string): string;
  /** A number for the item's view: equal numbers, equal views. Undefined for what no target compares. */
  numberOf(item: SnapshotItem): number | undefined;
}

/** A memory of views for one scenario. */
export function createViews(): Views {
  const texts = new WeakMap<object, Map<string, string>>();
  const numbers = new Map<string, number>();
  const numberOfObject = new WeakMap<object, number>();

  function view(resource: string, object: KubeObject): string {
    const known = texts.get(object) ?? new Map<string, string>();
    texts.set(object, known);
    const text = known.get(resource) ?? comparedView(resource, object);
    known.set(resource, text);
    return text;
  }

  function textOf(item: SnapshotItem): string | undefined {
    if (item.type === VERSION_INFO_TYPE) return `version ${textAt(item.object, "gitVersion") ?? ""}`;
    return item.resource === undefined ? undefined : `${item.resource} ${view(item.resource, item.object)}`;
  }

  function numberOfText(text: string): number {
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  }

  return {
    ofForm(life, form) {
      const object = life.forms[form]?.object;
      return object && view(life.resource, object);
    },
    ofItem: (item, resource) => view(resource, item.object),
    numberOf(item) {
      const known = numberOfObject.get(item.object);
      if (known !== undefined) return known;
      const text = textOf(item);
      if (text === undefined) return undefined;
      const number = numberOfText(text);
      numberOfObject.set(item.object, number);
      return number;
    },
  };
}
