/** Who books: the form, while the time is held; and what happens when it is not any more. */

import { zodResolver } from "@hookform/resolvers/zod";
import { useEffect, useState } from "react";
import { FormProvider, useForm, type UseFormReturn } from "react-hook-form";
import type { Page, Service } from "../../api/types";
import { useHold } from "../../flow/useHold";
import type { Flow } from "../../flow/useFlow";
import { useFormats, useWords } from "../../i18n/messages";
import { PlaceHeld } from "./PlaceHeld";
import type { StepProps } from "../../Wizard";
import { Captcha } from "../../captcha/Captcha";
import { likelyCountry } from "./countries";
import { Fields } from "./Fields";
import { LostTime } from "./LostTime";
import { orderOf } from "./order";
import { lostTime } from "./refusals";
import { emptyDetails, schemaOf, type Details } from "./schema";
import { Submit } from "./Submit";
import { useBooking } from "./useBooking";

export default function DetailsStep({ page, services, flow }: StepProps) {
  const service = services.find(({ id }) => id === flow.choices.serviceId);
  return service ? <Form page={page} service={service} flow={flow} /> : null;
}

interface Props {
  readonly page: Page;
  readonly service: Service;
  readonly flow: Flow;
}

function Form({ page, service, flow }: Props) {
  const form = useDetails(page, service, flow);
  const hold = useHold(page.slug, flow);
  const booking = useBooking(page, flow, form);
  const [captchaToken, setCaptchaToken] = useState<string>();
  const lost = lostTime(booking.error) ?? lostTime(hold.error);
  const submit = form.handleSubmit((details) => {
    booking.mutate(orderOf(page, service, flow.choices, details, captchaToken));
  });
  return (
    <FormProvider {...form}>
      <PlaceHeld hold={hold} flow={flow} slug={page.slug} isBooking={booking.isPending} />
      <form noValidate onSubmit={(event) => void submit(event)} className="form">
        <Fields page={page} questions={service.intakeQuestions} />
        <Captcha page={page} onToken={setCaptchaToken} failed={booking.error} />
        <Submit page={page} service={service} booking={booking} isReady={!page.captcha || captchaToken !== undefined} />
      </form>
      {lost && <LostTime problem={lost} page={page} flow={flow} onLeave={booking.reset} />}
    </FormProvider>
  );
}

/** The form, with what was filled in before somebody went to look for another time. */
function useDetails(page: Page, service: Service, flow: Flow): UseFormReturn<Details> {
  const words = useWords();
  const { locale } = useFormats();
  const [schema] = useState(() => schemaOf(service.intakeQuestions, words, locale));
  const [defaultValues] = useState(() => {
    const country = likelyCountry(page.contactPhone, page.locale, ...navigator.languages);
    const empty = emptyDetails(service.intakeQuestions, country);
    const { draft } = flow.store.getState();
    return draft ? { ...empty, ...draft, answers: { ...empty.answers, ...draft.answers } } : empty;
  });
  const form = useForm<Details>({ resolver: zodResolver(schema), defaultValues });
  const { getValues } = form;
  const { store } = flow;
  useEffect(
    () => () => {
      if ((history.state as { step?: string } | null)?.step !== "booked") store.getState().keepDraft(getValues());
    },
    [getValues, store],
  );
  return form;
}
