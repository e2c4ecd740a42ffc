import { useMutation, useQueryClient } from "@tanstack/react-query";
import { isAllowable } from "../../../lib/conflicts/conflicts";
import type { MoveSeries } from "../useMove";
import { refusedOf } from "./refused";

/** Moves several appointments of a series alike; `refused` are those that cannot be had where they would be. */
export function useMoveSeries(moveSeries: MoveSeries) {
  const queries = useQueryClient();
  const move = useMutation({
    mutationFn: moveSeries,
    onSettled: () =>
      Promise.all(["appointment", "series"].map((name) => queries.invalidateQueries({ queryKey: [name] }))),
  });
  const refused = refusedOf(move.error);
  return { ...move, refused, canAllow: isAllowable(refused.flatMap(({ conflicts }) => conflicts)) };
}
