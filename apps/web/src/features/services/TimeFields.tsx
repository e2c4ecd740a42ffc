import { Section } from "../../components/Page";
import { useWords } from "../../lib/i18n/locale";
import { Needs } from "./Needs";
import { NumberField } from "./NumberField";
import { servicesWords } from "./words";

export function TimeFields() {
  const words = useWords(servicesWords);
  return (
    <Section title={words.time}>
      <div className="form">
        <div className="form__row">
          <NumberField name="durationMinutes" label={words.duration} step={5} />
          <NumberField name="slotIntervalMinutes" label={words.interval} step={5} />
        </div>
        <div className="form__row">
          <NumberField name="bufferBeforeMinutes" label={words.bufferBefore} step={5} />
          <NumberField name="bufferAfterMinutes" label={words.bufferAfter} step={5} />
        </div>
        <p className="field__hint">{words.bufferHint}</p>
        <div className="form__row">
          <NumberField name="noticeHours" label={words.notice} hint={words.noticeHint} />
          <NumberField name="maxAdvanceDays" label={words.horizon} />
          <NumberField name="capacity" label={words.capacity} hint={words.capacityHint} />
        </div>
        <Needs />
      </div>
    </Section>
  );
}
