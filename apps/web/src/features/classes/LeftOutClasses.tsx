import { Button } from "../../components/Button";
import { Section } from "../../components/Page";
import { ALLOWABLE, conflictsOf, isAllowable, sentence } from "../../lib/conflicts/conflicts";
import { useLocale, useWords } from "../../lib/i18n/locale";
import { useFormats } from "../../lib/time/business";
import type { NewSession, Planned } from "./requests/planSessions";
import { classesWords } from "./words";

interface LeftOutClassesProps {
  readonly planned: Planned;
  readonly onAnyway: (bodies: readonly NewSession[]) => void;
}

/** The classes that could not be made, and why; those that an owner may make all the same can be. */
export function LeftOutClasses({ planned: { made, leftOut }, onAnyway }: LeftOutClassesProps) {
  const words = useWords(classesWords);
  const locale = useLocale();
  const formats = useFormats();
  if (leftOut.length === 0) return null;
  const allowable = leftOut.filter(({ why }) => isAllowable(conflictsOf(why)));
  return (
    <Section title={words.leftOut(leftOut.length)} {...(made.length > 0 ? { lead: words.leftOutLead } : {})}>
      <ul className="rows">
        {leftOut.map(({ body, why }) => (
          <li key={body.start}>
            <div className="rows__main">
              <p className="rows__title">{formats.moment(new Date(body.start))}</p>
              <p className="rows__more">
                {[...new Set(conflictsOf(why).map((conflict) => sentence(conflict, formats, locale)))].join("; ")}
              </p>
            </div>
          </li>
        ))}
      </ul>
      {allowable.length > 0 && (
        <div>
          <Button onClick={() => onAnyway(allowable.map(({ body }) => ({ ...body, allow: [...ALLOWABLE] })))}>
            {words.makeAnyway(allowable.length)}
          </Button>
        </div>
      )}
    </Section>
  );
}
