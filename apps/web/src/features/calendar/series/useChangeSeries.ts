import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "../../../components/toasts";
import { useWords } from "../../../lib/i18n/locale";
import { useAhead } from "../ahead";
import { changeSeries, type SeriesChanges } from "./changeSeries";
import { refusedOf } from "./refused";
import { seriesWords } from "./words";

/** Changes several appointments of a series alike; `refused` are those that cannot be had where they would be. */
export function useChangeSeries(id: string) {
  const words = useWords(seriesWords);
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: (changes: SeriesChanges) => changeSeries(id, changes),
    onSuccess: ({ items, skipped }) => {
      for (const each of items) useAhead.getState().settle(each);
      const stayed = skipped.length > 0 ? { detail: words.stayed(skipped.length) } : {};
      toast({ kind: "done", text: words.changed, ...stayed });
    },
    onSettled: () =>
      Promise.all(["appointment", "series"].map((name) => queries.invalidateQueries({ queryKey: [name] }))),
  });
  return { ...change, refused: refusedOf(change.error) };
}
