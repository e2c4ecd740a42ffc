import { useId, useState, type KeyboardEvent } from "react";
import { Dialog } from "../../components/Dialog";
import { focusAtOnce } from "../../components/focusAtOnce";
import { useWords } from "../../lib/i18n/locale";
import "./command.css";
import { CommandList } from "./CommandList";
import { type Command, type Screen } from "./commands";
import { Outcome } from "./Outcome";
import { useCommands } from "./useCommands";
import { commandWords } from "./words";

interface CommandMenuProps {
  readonly screens: readonly Screen[];
  readonly onClose: () => void;
  readonly onKeys: () => void;
}

/** A combobox over a list (ARIA 1.2): the focus stays where it is written, the arrows say which one is meant. */
export default function CommandMenu({ screens, onClose, onKeys }: CommandMenuProps) {
  const words = useWords(commandWords);
  const id = useId();
  const [written, setWritten] = useState("");
  const [chosen, setChosen] = useState<Command["id"]>();
  const outcome = useCommands(written, screens, onKeys);
  const found = outcome.commands;
  // By its name: what is found later comes before it.
  const nth = Math.max(
    found.findIndex((each) => each.id === chosen),
    0,
  );
  const current = found[nth];
  const run = (command: Command) => {
    onClose();
    command.run();
  };
  const onKey = (event: KeyboardEvent) => {
    const act =
      actionOf(event.key, nth, found, setChosen) ?? (event.key === "Enter" && current ? () => run(current) : undefined);
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    <Dialog title={words.menu} onClose={onClose}>
      <div className="commands">
        <input
          ref={focusAtOnce}
          className="field__control"
          type="text"
          dir="auto"
          role="combobox"
          autoComplete="off"
          spellCheck={false}
          aria-label={words.ask}
          placeholder={words.ask}
          aria-autocomplete="list"
          aria-expanded={found.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={current && `${id}-${current.id}`}
          aria-describedby={`${id}-hint`}
          value={written}
          onKeyDown={onKey}
          onChange={(event) => {
            setWritten(event.target.value);
            setChosen(undefined);
          }}
        />
        <span id={`${id}-hint`} className="visually-hidden">
          {words.hint}
        </span>
        <CommandList id={id} found={found} current={current} onRun={run} />
        <Outcome of={outcome} isWritten={written.trim() !== ""} />
      </div>
    </Dialog>
  );
}

/** The arrows go round. */
function actionOf(key: string, nth: number, found: readonly Command[], choose: (id: string) => void) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  const next = step && found[(nth + found.length + step) % found.length];
  return next ? () => choose(next.id) : undefined;
}
