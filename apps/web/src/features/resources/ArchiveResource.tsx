import { useNavigate } from "react-router";
import { Button } from "../../components/Button";
import { Confirmed } from "../../components/saving/Confirmed";
import { useWords } from "../../lib/i18n/locale";
import type { Resource } from "../../lib/requests/listResources";
import { useArchiveResource } from "./requests/archiveResource";
import { resourcesWords } from "./words";

export function ArchiveResource({ resource }: { readonly resource: Resource }) {
  const words = useWords(resourcesWords);
  const navigate = useNavigate();
  const archive = useArchiveResource();
  return (
    <Confirmed
      title={words.archiveTitle(resource.name)}
      text={words.archiveLead}
      act={words.archive}
      doing={archive}
      onConfirm={() => archive.mutate(resource.id, { onSuccess: () => void navigate("/resources") })}
    >
      {(ask) => (
        <Button kind="quiet" onClick={ask}>
          {words.archive}
        </Button>
      )}
    </Confirmed>
  );
}
