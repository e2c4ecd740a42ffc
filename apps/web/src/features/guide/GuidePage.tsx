import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { Loaded } from "../../components/Loaded";
import { Page } from "../../components/Page";
import { useWords } from "../../lib/i18n/locale";
import { bookingPagesQuery, type BookingPage } from "../../lib/requests/listBookingPages";
import { servicesQuery, type Service } from "../../lib/requests/listServices";
import { staffQuery, type StaffMember } from "../../lib/requests/listStaff";
import { HoursStep } from "./HoursStep";
import { LinkStep } from "./LinkStep";
import { Ready } from "./Ready";
import { ServicesStep } from "./ServicesStep";
import { StaffStep } from "./StaffStep";
import { Steps } from "./StepsBar";
import { after, before, nextStep, stepOf, type Step } from "./steps";
import { guideWords } from "./words";
import "./guide.css";

/** From nothing to a page where one can be booked. Who leaves comes back to the step at which they were. */
export default function GuidePage() {
  const words = useWords(guideWords);
  const staff = useQuery(staffQuery);
  const services = useQuery(servicesQuery);
  const pages = useQuery(bookingPagesQuery);
  return (
    <Page title={words.title} lead={words.lead}>
      <Loaded query={staff}>
        {(people) => (
          <Loaded query={services}>
            {(offered) => (
              <Loaded query={pages}>{(open) => <Guide staff={people} services={offered} pages={open} />}</Loaded>
            )}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}

interface GuideProps {
  readonly staff: readonly StaffMember[];
  readonly services: readonly Service[];
  readonly pages: readonly BookingPage[];
}

export interface StepProps extends GuideProps {
  readonly onBack?: (() => void) | undefined;
  readonly onDone: () => void;
}

const SHOWN: Readonly<Record<Step, (props: StepProps) => React.ReactNode>> = {
  hours: HoursStep,
  staff: StaffStep,
  services: ServicesStep,
  link: LinkStep,
};

function Guide(props: GuideProps) {
  const [search, setSearch] = useSearchParams();
  const go = (step: Step | undefined) => setSearch(step ? { step } : {});
  const missing = nextStep({
    hasStaff: props.staff.length > 0,
    hasServices: props.services.length > 0,
    hasPage: props.pages.length > 0,
  });
  const step = stepOf(search.get("step")) ?? missing;
  const page = props.pages[0];
  if (!step) return page ? <Ready page={page} /> : null;
  const StepShown = SHOWN[step];
  const earlier = before(step);
  return (
    <>
      <Steps at={step} />
      <StepShown {...props} onBack={earlier && (() => go(earlier))} onDone={() => go(after(step))} />
    </>
  );
}
