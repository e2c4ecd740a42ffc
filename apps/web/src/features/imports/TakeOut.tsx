import { Download } from "lucide-react";
import { useForm } from "react-hook-form";
import { Button } from "../../components/Button";
import { TextField } from "../../components/Field";
import { Section } from "../../components/Page";
import { FormError } from "../../components/states";
import { useWords } from "../../lib/i18n/locale";
import { useBusinessZone } from "../../lib/time/business";
import { addDays, at, dayOf } from "../../lib/time/zone";
import { useExportAppointments } from "./requests/exportAppointments";
import { useExportCustomers } from "../../lib/requests/exportCustomers";
import { importsWords } from "./words";

const LONGEST = 366; // days
const DAY = 86_400_000; // milliseconds

/** Days of the business, the last of them included. */
interface Span {
  from: string;
  to: string;
}

export function TakeOut() {
  const words = useWords(importsWords);
  const zone = useBusinessZone();
  const today = dayOf(zone, new Date());
  const customers = useExportCustomers();
  const appointments = useExportAppointments();
  const { register, handleSubmit, formState, getValues } = useForm<Span>({
    defaultValues: { from: addDays(today, -30), to: addDays(today, 60) },
  });
  const send = (format: "csv" | "ics") =>
    handleSubmit(({ from, to }) =>
      appointments.mutate({
        format,
        rangeStart: at(zone, from).toISOString(),
        rangeEnd: at(zone, addDays(to, 1)).toISOString(),
      }),
    );
  return (
    <Section title={words.take} lead={words.takeLead}>
      <form className="form" noValidate onSubmit={(event) => void send("csv")(event)}>
        <div className="form__row">
          <TextField label={words.from} type="date" required {...register("from")} />
          <TextField
            label={words.to}
            type="date"
            required
            error={formState.errors.to && words.backward}
            {...register("to", { validate: (to) => isSpan(getValues("from"), to) })}
          />
        </div>
        <FormError error={appointments.error ?? customers.error} />
        <div className="form__checks">
          <Button icon={<Download />} isBusy={appointments.isPending} onClick={() => void send("csv")()}>
            {words.exportCsv}
          </Button>
          <Button icon={<Download />} isBusy={appointments.isPending} onClick={() => void send("ics")()}>
            {words.exportIcs}
          </Button>
          <Button icon={<Download />} isBusy={customers.isPending} onClick={() => customers.mutate()}>
            {words.exportCustomers}
          </Button>
        </div>
      </form>
    </Section>
  );
}

function isSpan(from: string, to: string): boolean {
  const days = (Date.parse(to) - Date.parse(from)) / DAY;
  return days >= 0 && days < LONGEST;
}
