import { expect, it } from "vitest";
import { installPinch } from "./pinch";

type Finger = { readonly clientX: number; readonly clientY: number };

function touch(root: HTMLElement, type: string, ...at: readonly number[]): void {
  const touches: Finger[] = at.map((clientY) => ({ clientX: 10, clientY }));
  root.dispatchEvent(Object.assign(new Event(type, { cancelable: true }), { touches }));
}

it("takes two fingers for a change of the rows, one level each quarter of their distance, and one finger for scrolling", () => {
  const [root, levels] = [document.createElement("div"), [] as number[]];
  const end = installPinch(root, (level) => levels.push(level));
  touch(root, "touchstart", 100);
  touch(root, "touchmove", 300);
  touch(root, "touchstart", 100, 200);
  for (const other of [220, 240, 260, 120]) touch(root, "touchmove", 100, other);
  expect(levels).toEqual([1, -1]);
  end();
  touch(root, "touchmove", 100, 500);
  expect(levels).toHaveLength(2);
});
