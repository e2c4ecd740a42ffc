import { useNavigate } from "react-router";
import { Button } from "../../components/Button";
import { Confirmed } from "../../components/saving/Confirmed";
import { useWords } from "../../lib/i18n/locale";
import type { StaffMember } from "../../lib/requests/listStaff";
import { useArchiveStaffMember } from "./requests/archiveStaffMember";
import { staffWords } from "./words";

export function ArchiveStaffMember({ person }: { readonly person: StaffMember }) {
  const words = useWords(staffWords);
  const navigate = useNavigate();
  const archive = useArchiveStaffMember();
  return (
    <Confirmed
      title={words.archiveTitle(person.name)}
      text={words.archiveLead}
      act={words.archive}
      doing={archive}
      onConfirm={() => archive.mutate(person.id, { onSuccess: () => void navigate("/staff") })}
    >
      {(ask) => (
        <Button kind="quiet" onClick={ask}>
          {words.archive}
        </Button>
      )}
    </Confirmed>
  );
}
