import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import { Dialog } from "../../components/Dialog";
import { focusAtOnce } from "../../components/focusAtOnce";
import { useWords } from "../../lib/i18n/locale";
import "./command.css";
import { GROUPS, type Command, type Screen } from "./commands";
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
  const [chosen, setChosen] = useState(0);
  const found = useCommands(written, screens, onKeys);
  const nth = Math.min(chosen, found.length - 1);
  const current = found[nth];
  const run = (command: Command) => {
    onClose();
    command.run();
  };
  const onKey = (event: KeyboardEvent) => {
    const act =
      actionOf(event.key, nth, found.length, setChosen) ??
      (event.key === "Enter" && current ? () => run(current) : undefined);
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
            setChosen(0);
          }}
        />
        <span id={`${id}-hint`} className="visually-hidden">
          {words.hint}
        </span>
        <span className="visually-hidden" role="status">
          {written ? (found.length > 0 ? words.found(found.length) : words.none) : ""}
        </span>
        <Listed id={id} found={found} current={current} onRun={run} />
        {found.length === 0 && <p className="field__hint">{words.none}</p>}
      </div>
    </Dialog>
  );
}

interface ListedProps {
  readonly id: string;
  readonly found: readonly Command[];
  readonly current: Command | undefined;
  readonly onRun: (command: Command) => void;
}

function Listed({ id, found, current, onRun }: ListedProps) {
  const words = useWords(commandWords);
  const groups = GROUPS.map((group) => [group, found.filter((each) => each.group === group)] as const);
  return (
    <div id={`${id}-list`} className="commands__list" role="listbox" aria-label={words.menu}>
      {groups
        .filter(([, here]) => here.length > 0)
        .map(([group, here]) => (
          <div key={group} role="group" aria-labelledby={`${id}-${group}`}>
            <div id={`${id}-${group}`} className="commands__group" role="presentation">
              {words[group]}
            </div>
            {here.map((command) => (
              <Option
                key={command.id}
                id={`${id}-${command.id}`}
                command={command}
                isCurrent={command === current}
                onRun={onRun}
              />
            ))}
          </div>
        ))}
    </div>
  );
}

interface OptionProps {
  readonly id: string;
  readonly command: Command;
  readonly isCurrent: boolean;
  readonly onRun: (command: Command) => void;
}

function Option({ id, command, isCurrent, onRun }: OptionProps) {
  const shown = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isCurrent) shown.current?.scrollIntoView({ block: "nearest" });
  }, [isCurrent]);
  return (
    // The keys are those of the field that it belongs to.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      ref={shown}
      id={id}
      className="commands__one"
      role="option"
      tabIndex={-1}
      aria-selected={isCurrent}
      onClick={() => onRun(command)}
    >
      <bdi>{command.text}</bdi>
      {command.more && <bdi className="field__hint">{command.more}</bdi>}
      {command.key && <kbd aria-hidden="true">{command.key}</kbd>}
    </div>
  );
}

/** The arrows go round. */
function actionOf(key: string, nth: number, count: number, choose: (nth: number) => void): (() => void) | undefined {
  if (count === 0) return undefined;
  if (key === "ArrowDown") return () => choose((nth + 1) % count);
  if (key === "ArrowUp") return () => choose((nth + count - 1) % count);
  return undefined;
}
