import { useMutation, useQueryClient } from "@tanstack/react-query";
import { setStatus } from "../../../lib/requests/setStatus";

export function useConfirm(onDone: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => setStatus(id, { status: "CONFIRMED" }),
    onSuccess: onDone, // before its row is gone
    onSettled: () => queries.invalidateQueries({ queryKey: ["appointments"] }),
  });
}
