import { Button } from "../../components/Button";
import { Confirmed } from "../../components/saving/Confirmed";
import { useWords } from "../../lib/i18n/locale";
import type { Template } from "./requests/listTemplates";
import { useResetTemplate } from "./requests/resetTemplate";
import { templatesWords } from "./words";

interface ResetTemplateProps {
  readonly template: Template;
  readonly onReset: () => void;
}

export function ResetTemplate({ template, onReset }: ResetTemplateProps) {
  const words = useWords(templatesWords);
  const reset = useResetTemplate();
  const act = async () => {
    await reset.mutateAsync(template);
    onReset();
  };
  return (
    <Confirmed
      title={words.resetTitle}
      text={words.resetLead}
      act={words.reset}
      doing={reset}
      onConfirm={() => void act().catch(() => undefined)}
    >
      {(ask) => (
        <Button kind="quiet" onClick={ask}>
          {words.reset}
        </Button>
      )}
    </Confirmed>
  );
}
