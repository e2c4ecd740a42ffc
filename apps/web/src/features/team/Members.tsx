import { useQuery } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { Badge } from "../../components/Badge";
import { IconButton } from "../../components/Button";
import { Loaded } from "../../components/Loaded";
import { Section } from "../../components/Page";
import { Confirmed } from "../../components/saving/Confirmed";
import { FormError } from "../../components/states";
import type { Shape } from "../../lib/api/client";
import { useWords } from "../../lib/i18n/locale";
import { useMe } from "../../lib/session/me";
import { useChangeMember } from "./requests/changeMember";
import { membersQuery, type Member } from "./requests/listMembers";
import { useRemoveMember } from "./requests/removeMember";
import { teamWords } from "./words";

export const ROLES: readonly Shape<"Role">[] = ["owner", "manager", "staff"];

export function Members() {
  const words = useWords(teamWords);
  const query = useQuery(membersQuery);
  return (
    <Section title={words.members} lead={words.roles}>
      <Loaded query={query} lines={3}>
        {(members) => (
          <ul className="rows">
            {members.map((member) => (
              <MemberRow key={member.id} member={member} />
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  );
}

function MemberRow({ member }: { readonly member: Member }) {
  const words = useWords(teamWords);
  const { user } = useMe();
  const change = useChangeMember();
  const isMe = member.userId === user.id;
  return (
    <li>
      <div className="rows__main">
        <p className="rows__title" dir="auto">
          {member.name}
        </p>
        <p className="rows__more">
          <bdi>{member.email}</bdi>
        </p>
        <FormError error={change.error} />
      </div>
      <div className="rows__end">
        {isMe && <Badge tone="accent">{words.you}</Badge>}
        <select
          className="field__control rows__select"
          aria-label={words.roleOf(member.name)}
          value={member.role}
          disabled={change.isPending}
          onChange={({ target }) => {
            const role = ROLES.find((each) => each === target.value);
            if (role) change.mutate({ seen: member, changes: { role } });
          }}
        >
          {ROLES.map((role) => (
            <option key={role} value={role}>
              {words[role]}
            </option>
          ))}
        </select>
        {!isMe && <RemoveMember member={member} />}
      </div>
    </li>
  );
}

function RemoveMember({ member }: { readonly member: Member }) {
  const words = useWords(teamWords);
  const remove = useRemoveMember();
  return (
    <Confirmed
      title={words.removeTitle(member.name)}
      text={words.removeLead}
      act={words.remove}
      doing={remove}
      onConfirm={() => remove.mutate(member.id)}
    >
      {(ask) => <IconButton label={words.removeOf(member.name)} icon={<Trash2 />} onClick={ask} />}
    </Confirmed>
  );
}
