import { useNavigate } from "react-router";
import { Button } from "../../components/Button";
import { Confirmed } from "../../components/saving/Confirmed";
import { useWords } from "../../lib/i18n/locale";
import type { Service } from "../../lib/requests/listServices";
import { useArchiveService } from "./requests/archiveService";
import { servicesWords } from "./words";

export function ArchiveService({ service }: { readonly service: Service }) {
  const words = useWords(servicesWords);
  const navigate = useNavigate();
  const archive = useArchiveService();
  return (
    <Confirmed
      title={words.archiveTitle(service.name)}
      text={words.archiveLead}
      act={words.archive}
      doing={archive}
      onConfirm={() => archive.mutate(service.id, { onSuccess: () => void navigate("/services") })}
    >
      {(ask) => (
        <Button kind="quiet" onClick={ask}>
          {words.archive}
        </Button>
      )}
    </Confirmed>
  );
}
