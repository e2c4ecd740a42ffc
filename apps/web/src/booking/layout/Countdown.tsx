/** How long something is still kept, for eyes every second and for ears every minute. */

import { Icon } from "./Icon";
import { useFormats } from "../i18n/messages";

interface Props {
  readonly seconds: number;
  readonly says: (time: string) => string;
}

const HURRY = 60; // seconds

export function Countdown({ seconds, says }: Props) {
  const { countdown, minutes } = useFormats();
  const left = Math.ceil(seconds / 60);
  return (
    <p className={seconds <= HURRY ? "countdown hurry" : "countdown"}>
      <Icon name="clock" />
      <span aria-hidden="true">{says(countdown(seconds))}</span>
      <span className="hidden" role="timer" aria-live="polite">
        {says(minutes(left))}
      </span>
    </p>
  );
}
