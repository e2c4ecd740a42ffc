import { useWords } from "../../lib/i18n/locale";
import type { Found } from "./useSearch";
import { commandWords } from "./words";

interface OutcomeProps {
  readonly of: Found;
  readonly isWritten: boolean;
}

/** Below what was found: whether it is looked for still, or could not be, or that there is nothing. */
export function Outcome({ of, isWritten }: OutcomeProps) {
  const words = useWords(commandWords);
  const state = stateOf(of);
  return (
    <div className="commands__outcome">
      <p role="status">
        {state === "searching" && words.searching}
        {state === "none" && words.none}
        {state === "found" && isWritten && <span className="visually-hidden">{words.found(of.commands.length)}</span>}
      </p>
      {state === "none" && <p className="field__hint">{words.noneHint}</p>}
      {state === "unanswered" && (
        <p className="field__error" role="alert">
          {words.notSearched}
        </p>
      )}
    </div>
  );
}

function stateOf({ commands, isSearching, isUnanswered }: Found): "searching" | "unanswered" | "none" | "found" {
  if (isSearching) return "searching";
  if (isUnanswered) return "unanswered";
  return commands.length > 0 ? "found" : "none";
}
