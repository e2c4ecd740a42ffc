/** `DELETE /api/members/{id}`: 409 `LastOwner`. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api/client";
import { membersQuery } from "./listMembers";

export function useRemoveMember() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => answer(api.DELETE("/api/members/{member_id}", { params: { path: { member_id: id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: membersQuery.queryKey }),
  });
}
