/** The booking, step by step, beside what was chosen so far. */

import { useSuspenseQuery } from "@tanstack/react-query";
import { AnimatePresence } from "motion/react";
import * as m from "motion/react-m";
import { lazy, Suspense } from "react";
import { servicesQuery } from "./api/listServices";
import { pageQuery } from "./api/readPage";
import type { Page, Service } from "./api/types";
import { stepsWith, type Step } from "./flow/steps";
import { useFlow, type Flow } from "./flow/useFlow";
import { useHoldOnlyWhileNeeded } from "./flow/useHold";
import { useWords } from "./i18n/messages";
import type { Messages } from "./i18n/en";
import { Icon } from "./layout/Icon";
import { About, Brand } from "./layout/PageParts";
import { Summary, SummarySheet } from "./layout/Summary";
import { useHeadingFocus } from "./layout/useHeadingFocus";
import { Waiting } from "./layout/Waiting";
import { ServiceStep } from "./steps/offers/ServiceStep";
import { StaffStep } from "./steps/staff/StaffStep";
import { TimeStep } from "./steps/time/TimeStep";

const DetailsStep = lazy(() => import("./steps/details/DetailsStep"));
const BookedStep = lazy(() => import("./booked/BookedStep"));

const TITLES = {
  service: (words: Messages) => words.chooseService,
  staff: (words: Messages) => words.chooseStaff,
  time: (words: Messages) => words.chooseTime,
  details: (words: Messages) => words.details,
} as const;

const SLIDE = 24; // pixels
const QUICK = { duration: 0.18 };

export interface StepProps {
  readonly page: Page;
  readonly flow: Flow;
  readonly services: readonly Service[];
}

export function Wizard({ slug }: { readonly slug: string }) {
  const { data: page } = useSuspenseQuery(pageQuery(slug));
  const { data: services } = useSuspenseQuery(servicesQuery(slug));
  const flow = useFlow(page.slug, services);
  useHoldOnlyWhileNeeded(page.slug, flow);
  const shown = { page, services, flow };
  return (
    <div className={`page wizard at-${flow.step}`}>
      <Brand page={page} />
      <main>
        <AnimatePresence mode="wait" initial={false}>
          <m.div
            key={flow.step}
            initial={{ opacity: 0, x: SLIDE }}
            animate={{ opacity: 1, x: 0 }}
            exit={{ opacity: 0, x: -SLIDE }}
            transition={QUICK}
          >
            {/* In here, because it has another size at the first step: what stays would be seen to jump. */}
            <About page={page} isBrief={flow.step !== "service"} />
            <Suspense fallback={<Waiting lines={5} />}>
              <ShownStep {...shown} />
            </Suspense>
          </m.div>
        </AnimatePresence>
      </main>
      <Summary {...shown} />
      {flow.step !== "booked" && flow.choices.serviceId !== undefined && <SummarySheet {...shown} />}
    </div>
  );
}

function ShownStep({ page, services, flow }: StepProps) {
  if (flow.step === "booked") return <BookedStep page={page} services={services} flow={flow} />;
  return (
    <section aria-labelledby="step">
      <StepHeading step={flow.step} flow={flow} services={services} />
      {flow.step === "service" && <ServiceStep page={page} services={services} flow={flow} />}
      {flow.step === "staff" && <StaffStep page={page} services={services} flow={flow} />}
      {flow.step === "time" && <TimeStep page={page} services={services} flow={flow} />}
      {flow.step === "details" && <DetailsStep page={page} services={services} flow={flow} />}
    </section>
  );
}

interface HeadingProps extends Pick<StepProps, "flow" | "services"> {
  readonly step: Exclude<Step, "booked">;
}

function StepHeading({ step, flow, services }: HeadingProps) {
  const words = useWords();
  const heading = useHeadingFocus(step, flow.hasMoved);
  const steps = stepsWith(flow.choices, services);
  return (
    <header className="step">
      {flow.back && (
        <button type="button" className="back" onClick={flow.back}>
          <Icon name="back" />
          {words.back}
        </button>
      )}
      <p className="quiet">{words.step(steps.indexOf(step) + 1, steps.length)}</p>
      <h2 id="step" ref={heading} tabIndex={-1}>
        {TITLES[step](words)}
      </h2>
    </header>
  );
}
