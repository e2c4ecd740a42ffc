/** What did not work, and another try. */

import { useWords } from "../i18n/messages";

interface Props {
  readonly says: string;
  readonly again: () => void;
}

export function TryAgain({ says, again }: Props) {
  const words = useWords();
  return (
    <div role="alert" className="notice">
      <p>{says}</p>
      <button type="button" className="button" onClick={again}>
        {words.again}
      </button>
    </div>
  );
}
