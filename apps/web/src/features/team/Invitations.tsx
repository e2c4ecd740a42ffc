import { useQuery } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { IconButton } from "../../components/Button";
import { Loaded } from "../../components/Loaded";
import { Section } from "../../components/Page";
import { FormError } from "../../components/states";
import { useWords } from "../../lib/i18n/locale";
import { useFormats } from "../../lib/time/business";
import { Invite } from "./Invite";
import { invitationsQuery } from "./requests/listInvitations";
import { useTakeBackInvitation } from "./requests/takeBackInvitation";
import { teamWords } from "./words";

export function Invitations() {
  const words = useWords(teamWords);
  const formats = useFormats();
  const query = useQuery(invitationsQuery);
  const takeBack = useTakeBackInvitation();
  return (
    <Section title={words.invitations}>
      <Invite />
      <FormError error={takeBack.error} />
      <Loaded query={query} lines={1}>
        {(invitations) =>
          invitations.length === 0 ? (
            <p className="field__hint">{words.noInvitations}</p>
          ) : (
            <ul className="rows">
              {invitations.map((invitation) => (
                <li key={invitation.id}>
                  <div className="rows__main">
                    <p className="rows__title" dir="auto">
                      {invitation.email}
                    </p>
                    <p className="rows__more">
                      {words[invitation.role]} · {words.until(formats.moment(new Date(invitation.expiresAt)))}
                    </p>
                  </div>
                  <IconButton
                    label={words.takeBack(invitation.email)}
                    icon={<Trash2 />}
                    isBusy={takeBack.isPending}
                    onClick={() => takeBack.mutate(invitation.id)}
                  />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
}
