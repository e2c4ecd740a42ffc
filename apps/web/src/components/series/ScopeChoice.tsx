import { useId } from "react";
import { SCOPES, type Scope } from "../../lib/appointments/scope";
import { useWords } from "../../lib/i18n/locale";
import { focusAtOnce } from "../focusAtOnce";
import "./scopes.css";
import { scopeWords } from "./words";

const [FIRST] = SCOPES;

interface ScopeChoiceProps {
  readonly scope: Scope;
  readonly choose: (scope: Scope) => void;
  /** Whether it is what a dialog begins with. */
  readonly isFirst?: boolean;
}

/** This one, it and those that follow, or all that are to come. */
export function ScopeChoice({ scope, choose, isFirst = false }: ScopeChoiceProps) {
  const words = useWords(scopeWords);
  const name = useId();
  return (
    <fieldset className="scopes">
      <legend className="field__label">{words.whichOnes}</legend>
      {SCOPES.map((each) => (
        <label key={each} className="checkbox">
          <input
            ref={isFirst && each === FIRST ? focusAtOnce : undefined}
            type="radio"
            name={name}
            checked={each === scope}
            onChange={() => choose(each)}
          />
          <span>{words[each]}</span>
        </label>
      ))}
    </fieldset>
  );
}
