import { Check } from "lucide-react";
import { useWords } from "../../lib/i18n/locale";
import { guideWords } from "./words";

/** What was added before, in this guide or elsewhere. */
export function Known({ names }: { readonly names: readonly string[] }) {
  const words = useWords(guideWords);
  if (names.length === 0) return null;
  return (
    <ul className="guide-known" aria-label={words.alreadyThere}>
      {names.map((name, at) => (
        <li key={at}>
          <Check aria-hidden="true" />
          <span dir="auto">{name}</span>
        </li>
      ))}
    </ul>
  );
}
