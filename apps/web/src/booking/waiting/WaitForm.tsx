/** Getting in line for any time within some days. */

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { isPassing } from "../api/request";
import type { Join, Joined, Page } from "../api/types";
import { join } from "../api/waiting";
import { Captcha } from "../captcha/Captcha";
import type { Flow } from "../flow/useFlow";
import { useFormats, useWords } from "../i18n/messages";
import { inNewTab } from "../layout/PageParts";
import { likelyCountry } from "../steps/details/countries";
import { Who } from "../steps/details/Fields";
import { emptyDetails, schemaOf, type Details } from "../steps/details/schema";
import { dateIn, daysAfter } from "../time/zones";
import { For } from "./For";
import { saidOfWaiting } from "./refusals";
import { Span, type Dates } from "./Span";
import { keysOfWishes, wishOf } from "./wish";

const WEEK = 7; // days

interface Props {
  readonly page: Page;
  readonly flow: Flow;
  readonly onClose: () => void;
}

export default function WaitForm({ page, flow, onClose }: Props) {
  const words = useWords();
  const [today] = useState(() => dateIn(new Date(), page.timezone));
  const [dates, setDates] = useState<Dates>({ from: flow.date ?? today, to: daysAfter(flow.date ?? today, WEEK) });
  const [captchaToken, setCaptchaToken] = useState<string>();
  const [keyOf] = useState(keysOfWishes);
  const form = useWho(page);
  const joining = useMutation({
    mutationFn: (wish: Join) => join(page.slug, wish, keyOf(wish)),
    retry: (failures, error) => failures < 2 && isPassing(error),
  });
  if (joining.data) return <InLine joined={joining.data} timezone={page.timezone} />;
  const isSpan = dates.from <= dates.to;
  const submit = form.handleSubmit((details) => {
    if (isSpan) joining.mutate(wishOf(page, flow.choices, details, dates, captchaToken));
  });
  return (
    <FormProvider {...form}>
      <form noValidate className="form" onSubmit={(event) => void submit(event)}>
        <h3>{words.waitTitle}</h3>
        <p>{words.waitWhy}</p>
        <Span dates={dates} first={today} onChange={setDates} />
        <Who />
        <Captcha page={page} onToken={setCaptchaToken} failed={joining.error} />
        {joining.isError && (
          <p className="error" role="alert">
            {saidOfWaiting(joining.error, words)}
          </p>
        )}
        <div className="submit">
          <button
            type="submit"
            className="button main"
            disabled={joining.isPending || (page.captcha !== null && !captchaToken)}
          >
            {words.waitJoin}
          </button>
          <button type="button" className="button" onClick={onClose}>
            {words.back}
          </button>
        </div>
      </form>
    </FormProvider>
  );
}

function useWho(page: Page) {
  const words = useWords();
  const { locale } = useFormats();
  const [schema] = useState(() => schemaOf([], words, locale));
  const country = likelyCountry(page.contactPhone, page.locale, ...navigator.languages);
  return useForm<Details>({ resolver: zodResolver(schema), defaultValues: emptyDetails([], country) });
}

function InLine({ joined, timezone }: { readonly joined: Joined; readonly timezone: string }) {
  const words = useWords();
  return (
    <div className="done" role="status">
      <h3>{words.waiting}</h3>
      <For waiting={joined.waiting} timezone={timezone} />
      <p>{words.waitingWhy}</p>
      <a className="button" href={`/booking/waiting-list/${joined.manageToken}`} {...inNewTab()}>
        {words.waitLink}
      </a>
    </div>
  );
}
