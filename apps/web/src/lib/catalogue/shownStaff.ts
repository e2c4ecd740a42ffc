/** Whose columns are shown once somebody was switched; none is named when everybody's are. */
export function switched(everybody: readonly string[], shown: readonly string[], id: string): readonly string[] {
  const before = shown.length === 0 ? everybody : shown;
  const after = before.includes(id) ? before.filter((each) => each !== id) : [...before, id];
  return after.length === everybody.length ? [] : after;
}
