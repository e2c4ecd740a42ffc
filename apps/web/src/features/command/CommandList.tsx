import { useEffect, useRef } from "react";
import { useWords } from "../../lib/i18n/locale";
import { GROUPS, type Command } from "./commands";
import { commandWords } from "./words";

interface CommandListProps {
  readonly id: string;
  readonly found: readonly Command[];
  readonly current: Command | undefined;
  readonly onRun: (command: Command) => void;
}

/** What was found, by what it is. */
export function CommandList({ id, found, current, onRun }: CommandListProps) {
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
