import { Plus } from "lucide-react";
import { useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import { Button } from "../../components/Button";
import { Checkbox, TextField } from "../../components/Field";
import { InTheWay } from "../../components/inTheWay/InTheWay";
import { FormError } from "../../components/states";
import { toast } from "../../components/toasts";
import type { Conflict } from "../../lib/conflicts/conflicts";
import { useWords } from "../../lib/i18n/locale";
import { useBusinessZone } from "../../lib/time/business";
import { dayOf } from "../../lib/time/zone";
import { useAddTimeOff } from "./requests/addTimeOff";
import { timeOffOf, type TimeOffForm } from "./timeOffForm";
import { staffWords } from "./words";

export function AddTimeOff({ staffId }: { readonly staffId: string }) {
  const words = useWords(staffWords);
  const zone = useBusinessZone();
  const add = useAddTimeOff();
  const [isBackward, setBackward] = useState(false);
  const [inTheWay, setInTheWay] = useState<readonly Conflict[]>([]);
  const today = dayOf(zone, new Date());
  const { control, register, handleSubmit, reset } = useForm<TimeOffForm>({
    defaultValues: {
      isWholeDays: true,
      startDate: today,
      startTime: "12:00",
      endDate: today,
      endTime: "13:00",
      isWeekly: false,
      reason: "",
    },
  });
  const isWholeDays = useWatch({ control, name: "isWholeDays" });
  const submit = handleSubmit(async (form) => {
    const body = timeOffOf(form, staffId, zone);
    setBackward(!body);
    if (!body) return;
    const { conflicts } = await add.mutateAsync(body);
    if (conflicts.length === 0) toast({ kind: "done", text: words.saved });
    setInTheWay(conflicts);
    reset();
  });
  const backward = isBackward ? words.endsBefore : undefined;
  return (
    <form className="form" noValidate onSubmit={(event) => void submit(event).catch(() => undefined)}>
      <div className="form__row">
        <TextField label={words.from} type="date" required {...register("startDate")} />
        {!isWholeDays && <TextField label={words.fromTime} type="time" required {...register("startTime")} />}
        <TextField label={words.to} type="date" required error={backward} {...register("endDate")} />
        {!isWholeDays && <TextField label={words.toTime} type="time" required {...register("endTime")} />}
      </div>
      <TextField label={words.reason} maxLength={500} {...register("reason")} />
      <div className="form__checks">
        <Checkbox label={words.allDay} {...register("isWholeDays")} />
        <Checkbox label={words.weekly} {...register("isWeekly")} />
      </div>
      <FormError error={add.error} />
      <div>
        <Button type="submit" icon={<Plus />} isBusy={add.isPending}>
          {words.addTimeOff}
        </Button>
      </div>
      <InTheWay conflicts={inTheWay} onClose={() => setInTheWay([])} />
    </form>
  );
}
