import { useFormContext, useWatch } from "react-hook-form";
import { Select } from "../../components/Field";
import { LimitedField } from "../../components/LimitedField";
import { Section } from "../../components/Page";
import { useWords } from "../../lib/i18n/locale";
import { LIMITS, type BookingPageForm } from "./form";
import { bookingPagesWords } from "./words";

interface RulesProps {
  readonly paymentsOff: boolean;
  readonly captchaOff: boolean;
}

export function Rules({ paymentsOff, captchaOff }: RulesProps) {
  const words = useWords(bookingPagesWords);
  const { control, register } = useFormContext<BookingPageForm>();
  const late = useWatch({ control, name: "refundLate" });
  return (
    <Section title={words.rules}>
      <div className="form">
        <Select
          label={words.confirmation}
          choices={[
            { value: "automatic", label: words.automatic },
            { value: "manual", label: words.manual },
          ]}
          {...register("confirmation")}
        />
        <div className="form__row">
          <NumberField name="cancelHours" label={words.cancelWindow} hint={words.windowHint} />
          <NumberField name="rescheduleHours" label={words.rescheduleWindow} hint={words.windowHint} />
        </div>
        <div className="form__row">
          <Select
            label={words.refund}
            choices={[
              { value: "none", label: words.refundNone },
              { value: "percent", label: words.refundPercent },
            ]}
            {...register("refundLate")}
          />
          {late === "percent" && <NumberField name="refundPercent" label={words.refundShare} />}
        </div>
        {paymentsOff && <p className="field__hint">{words.paymentsOff}</p>}
        {captchaOff && <p className="field__hint">{words.captchaOff}</p>}
      </div>
    </Section>
  );
}

interface NumberFieldProps {
  readonly name: keyof typeof LIMITS;
  readonly label: string;
  readonly hint?: string;
}

export function NumberField(props: NumberFieldProps) {
  const { range } = useWords(bookingPagesWords);
  return <LimitedField {...props} limits={LIMITS[props.name]} range={range} />;
}
