/** `PUT /api/members/{id}`: 409 `LastOwner`, `StaffLinked`. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api, type Shape } from "../../../lib/api/client";
import { me } from "../../../lib/session/me";
import { membersQuery, type Member } from "./listMembers";

export interface MemberChange {
  readonly seen: Member;
  readonly changes: Shape<"MemberChanges">;
}

export function useChangeMember() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ seen, changes }: MemberChange) =>
      answer(
        api.PUT("/api/members/{member_id}", {
          params: { path: { member_id: seen.id }, header: { "if-match": `"${seen.revision}"` } },
          body: changes,
        }),
      ),
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: membersQuery.queryKey });
      await queries.invalidateQueries({ queryKey: me.queryKey }); // it may have been oneself
    },
  });
}
