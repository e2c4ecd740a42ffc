import { RotateCw } from "lucide-react";
import { useState } from "react";
import { Button } from "../../components/Button";
import { TextField } from "../../components/Field";
import { FormError } from "../../components/states";
import { toast } from "../../components/toasts";
import { useWords } from "../../lib/i18n/locale";
import { useBusinessZone } from "../../lib/time/business";
import { addDays, at, dayOf } from "../../lib/time/zone";
import { useReplayFailed } from "./requests/replayFailed";
import { webhooksWords } from "./words";

/** After a repair: everything that has failed since a day, once more. */
export function ReplayFailed({ endpointId }: { readonly endpointId: string }) {
  const words = useWords(webhooksWords);
  const zone = useBusinessZone();
  const replay = useReplayFailed();
  const [since, setSince] = useState(() => addDays(dayOf(zone, new Date()), -3));
  const act = () =>
    replay.mutate(
      { endpointId, since: at(zone, since).toISOString() },
      { onSuccess: ({ replayed }) => toast({ kind: "done", text: words.replayedAll(replayed) }) },
    );
  return (
    <>
      <TextField
        label={words.since}
        type="date"
        value={since}
        required
        onChange={({ target }) => {
          if (target.value) setSince(target.value);
        }}
      />
      <Button icon={<RotateCw />} isBusy={replay.isPending} onClick={act}>
        {words.replayAll}
      </Button>
      <FormError error={replay.error} />
    </>
  );
}
