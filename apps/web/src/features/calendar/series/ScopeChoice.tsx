import { useId } from "react";
import { useWords } from "../../../lib/i18n/locale";
import { SCOPES, type Scope } from "./scope";
import "./series.css";
import { seriesWords } from "./words";

interface ScopeChoiceProps {
  readonly scope: Scope;
  readonly choose: (scope: Scope) => void;
}

/** This one, it and those that follow, or all that are to come. */
export function ScopeChoice({ scope, choose }: ScopeChoiceProps) {
  const words = useWords(seriesWords);
  const name = useId();
  return (
    <fieldset className="scopes">
      <legend className="field__label">{words.whichOnes}</legend>
      {SCOPES.map((each) => (
        <label key={each} className="checkbox">
          <input type="radio" name={name} checked={each === scope} onChange={() => choose(each)} />
          <span>{words[each]}</span>
        </label>
      ))}
    </fieldset>
  );
}
