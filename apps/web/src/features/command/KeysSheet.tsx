import { Fragment } from "react";
import { Dialog } from "../../components/Dialog";
import { Checkbox } from "../../components/Field";
import { useWords } from "../../lib/i18n/locale";
import { useSingleKeys } from "../../lib/keys/singleKeys";
import "./command.css";
import { commandWords } from "./words";

type Words = typeof commandWords.en;
type Word = { [Key in keyof Words]: Words[Key] extends string ? Key : never }[keyof Words];

/** What a key does: one of them, or several that are pressed for the same. */
type Line = readonly [keys: readonly string[], does: Word];

const CONTROL = /Mac|iPad/.test(navigator.userAgent) ? "⌘" : "Ctrl";

const SECTIONS: readonly (readonly [Word, readonly Line[]])[] = [
  [
    "everywhere",
    [
      [[`${CONTROL} K`, "/"], "menu"],
      [["?"], "thisSheet"],
    ],
  ],
  [
    "calendar",
    [
      [["C"], "newAppointment"],
      [["T"], "today"],
      [["J"], "forward"],
      [["K"], "back"],
      [["D"], "day"],
      [["W"], "week"],
      [["M"], "month"],
      [["A"], "agenda"],
      [["+"], "higher"],
      [["-"], "lower"],
      [[`${CONTROL} Z`], "undo"],
    ],
  ],
  [
    "onEntry",
    [
      [["Enter"], "opens"],
      [["Y"], "confirms"],
      [["N"], "declines"],
      [["M", "Space"], "grabs"],
      [["← → ↑ ↓"], "moves"],
      [["Shift ↑ ↓"], "resizes"],
      [["Esc"], "putsBack"],
    ],
  ],
];

export default function KeysSheet({ onClose }: { readonly onClose: () => void }) {
  const words = useWords(commandWords);
  const { areOn, turn } = useSingleKeys();
  return (
    <Dialog title={words.sheet} onClose={onClose}>
      <div className="form">
        <div>
          <Checkbox label={words.singleKeys} checked={areOn} onChange={(event) => turn(event.target.checked)} />
          <p className="field__hint">{words.singleKeysHint}</p>
        </div>
        {SECTIONS.map(([title, lines]) => (
          <section key={title} aria-label={words[title]}>
            <h3>{words[title]}</h3>
            <dl className="keys">
              {lines.map((line) => (
                <Key key={line[1]} line={line} />
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

function Key({ line: [keys, does] }: { readonly line: Line }) {
  const words = useWords(commandWords);
  return (
    <>
      <dt>
        {keys.map((key, nth) => (
          <Fragment key={key}>
            {nth > 0 && ` ${words.or} `}
            <kbd dir="ltr">{key}</kbd>
          </Fragment>
        ))}
      </dt>
      <dd>{words[does]}</dd>
    </>
  );
}
