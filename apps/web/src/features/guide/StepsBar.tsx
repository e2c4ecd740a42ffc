import { Check } from "lucide-react";
import { useWords } from "../../lib/i18n/locale";
import { STEPS, type Step } from "./steps";
import { guideWords } from "./words";

export function Steps({ at }: { readonly at: Step }) {
  const words = useWords(guideWords);
  const reached = STEPS.indexOf(at);
  return (
    <nav aria-label={words.steps}>
      <p className="visually-hidden" role="status">
        {words.step(reached + 1, STEPS.length)}
      </p>
      <ol className="guide-steps">
        {STEPS.map((step, index) => (
          <li
            key={step}
            className={index < reached ? "guide-steps__done" : undefined}
            aria-current={step === at ? "step" : undefined}
          >
            <span className="guide-steps__number">
              {index < reached ? <Check aria-label={words.done} /> : index + 1}
            </span>
            <span className="guide-steps__name">{words[step]}</span>
          </li>
        ))}
      </ol>
    </nav>
  );
}
