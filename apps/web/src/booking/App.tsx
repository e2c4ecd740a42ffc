/** What is shown at each place, in the language of the page. */

import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import { LazyMotion, MotionConfig, MotionGlobalConfig } from "motion/react";
import { lazy, Suspense } from "react";
import type { Place } from "./flow/address";
import { LanguageContext, type Language } from "./i18n/messages";
import { Failed } from "./layout/Failed";
import { Waiting } from "./layout/Waiting";
import { Wizard } from "./Wizard";

const ManagePage = lazy(() => import("./manage/ManagePage"));
const WaitingPage = lazy(() => import("./waiting/WaitingPage"));

const features = () => import("./motionFeatures").then((loaded) => loaded.default);

if (matchMedia("(prefers-reduced-motion: reduce)").matches) MotionGlobalConfig.skipAnimations = true;

interface Props {
  readonly place: Place;
  /** Of the page to which the place belongs; undefined when it is gone. */
  readonly slug: string | undefined;
  readonly language: Language;
  readonly queries: QueryClient;
}

export function App({ place, slug, language, queries }: Props) {
  return (
    <LanguageContext value={language}>
      <QueryClientProvider client={queries}>
        <MotionConfig reducedMotion="user">
          <LazyMotion features={features} strict>
            <Failed>
              <Suspense fallback={<Waiting />}>
                <Shown place={place} slug={slug} />
              </Suspense>
            </Failed>
          </LazyMotion>
        </MotionConfig>
      </QueryClientProvider>
    </LanguageContext>
  );
}

function Shown({ place, slug }: Pick<Props, "place" | "slug">) {
  switch (place.kind) {
    case "page":
      return <Wizard slug={place.slug} />;
    case "manage":
      return <ManagePage token={place.token} slug={slug} />;
    case "waiting":
      return <WaitingPage token={place.token} slug={slug} />;
  }
}
