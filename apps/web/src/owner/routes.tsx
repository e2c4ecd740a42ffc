/** Which address shows what. A screen is loaded when it is gone to. */

import { lazy, Suspense } from "react";
import { Link, Route, Routes } from "react-router";
import { Page } from "../components/Page";
import { SkeletonList } from "../components/states";
import { SignIn } from "../features/auth/SignIn";
import { SignUp } from "../features/auth/SignUp";
import { useWords } from "../lib/i18n/locale";
import { Shell } from "./Shell";
import { ownerWords } from "./words";

const ApiKeysPage = lazy(() => import("../features/apiKeys/ApiKeysPage"));
const AcceptInvitation = lazy(() => import("../features/auth/AcceptInvitation"));
const BookingPagePage = lazy(() => import("../features/bookingPages/BookingPagePage"));
const BookingPagesPage = lazy(() => import("../features/bookingPages/BookingPagesPage"));
const CalendarPage = lazy(() => import("../features/calendar/CalendarPage"));
const ClassesPage = lazy(() => import("../features/classes/ClassesPage"));
const ClassPage = lazy(() => import("../features/classes/ClassPage"));
const NewClassPage = lazy(() => import("../features/classes/NewClassPage"));
const ClosuresPage = lazy(() => import("../features/closures/ClosuresPage"));
const SeasonPage = lazy(() => import("../features/closures/SeasonPage"));
const CustomerPage = lazy(() => import("../features/customers/CustomerPage"));
const CustomersPage = lazy(() => import("../features/customers/CustomersPage"));
const Begin = lazy(() => import("../features/guide/Begin"));
const GuidePage = lazy(() => import("../features/guide/GuidePage"));
const HomePage = lazy(() => import("../features/home/HomePage"));
const ImportPage = lazy(() => import("../features/imports/ImportPage"));
const ImportsPage = lazy(() => import("../features/imports/ImportsPage"));
const MessagesPage = lazy(() => import("../features/messages/MessagesPage"));
const ResourcePage = lazy(() => import("../features/resources/ResourcePage"));
const ResourcesPage = lazy(() => import("../features/resources/ResourcesPage"));
const ServicePage = lazy(() => import("../features/services/ServicePage"));
const ServicesPage = lazy(() => import("../features/services/ServicesPage"));
const SettingsPage = lazy(() => import("../features/settings/SettingsPage"));
const StaffMemberPage = lazy(() => import("../features/staff/StaffMemberPage"));
const StaffPage = lazy(() => import("../features/staff/StaffPage"));
const TeamPage = lazy(() => import("../features/team/TeamPage"));
const TemplatePage = lazy(() => import("../features/templates/TemplatePage"));
const TemplatesPage = lazy(() => import("../features/templates/TemplatesPage"));
const NewWishPage = lazy(() => import("../features/waitingList/NewWishPage"));
const WaitingListPage = lazy(() => import("../features/waitingList/WaitingListPage"));
const EndpointPage = lazy(() => import("../features/webhooks/EndpointPage"));
const WebhooksPage = lazy(() => import("../features/webhooks/WebhooksPage"));

export function OwnerRoutes() {
  return (
    <Suspense fallback={<SkeletonList />}>
      <Routes>
        <Route path="sign-in" element={<SignIn />} />
        <Route path="sign-up" element={<SignUp />} />
        <Route path="accept-invitation" element={<AcceptInvitation />} />
        <Route element={<Shell />}>
          <Route index element={<Begin />} />
          <Route path="start" element={<GuidePage />} />
          <Route path="calendar" element={<CalendarPage />} />
          <Route path="classes" element={<ClassesPage />} />
          <Route path="classes/new" element={<NewClassPage />} />
          <Route path="classes/:id" element={<ClassPage />} />
          <Route path="waiting-list" element={<WaitingListPage />} />
          <Route path="waiting-list/new" element={<NewWishPage />} />
          <Route path="home" element={<HomePage />} />
          <Route path="customers" element={<CustomersPage />} />
          <Route path="customers/new" element={<CustomerPage />} />
          <Route path="customers/:id" element={<CustomerPage />} />
          <Route path="settings" element={<SettingsPage />} />
          <Route path="team" element={<TeamPage />} />
          <Route path="api-keys" element={<ApiKeysPage />} />
          <Route path="messages" element={<MessagesPage />} />
          <Route path="templates" element={<TemplatesPage />} />
          <Route path="templates/:kind" element={<TemplatePage />} />
          <Route path="webhooks" element={<WebhooksPage />} />
          <Route path="webhooks/:id" element={<EndpointPage />} />
          <Route path="imports" element={<ImportsPage />} />
          <Route path="imports/:id" element={<ImportPage />} />
          <Route path="services" element={<ServicesPage />} />
          <Route path="services/new" element={<ServicePage />} />
          <Route path="services/:id" element={<ServicePage />} />
          <Route path="resources" element={<ResourcesPage />} />
          <Route path="resources/new" element={<ResourcePage />} />
          <Route path="resources/:id" element={<ResourcePage />} />
          <Route path="closures" element={<ClosuresPage />} />
          <Route path="seasons/new" element={<SeasonPage />} />
          <Route path="seasons/:id" element={<SeasonPage />} />
          <Route path="staff" element={<StaffPage />} />
          <Route path="staff/new" element={<StaffMemberPage />} />
          <Route path="staff/:id" element={<StaffMemberPage />} />
          <Route path="booking-pages" element={<BookingPagesPage />} />
          <Route path="booking-pages/new" element={<BookingPagePage />} />
          <Route path="booking-pages/:id" element={<BookingPagePage />} />
          <Route path="*" element={<NothingHere />} />
        </Route>
      </Routes>
    </Suspense>
  );
}

function NothingHere() {
  const words = useWords(ownerWords);
  return (
    <Page title={words.nothingHere}>
      <Link to="/calendar">{words.toTheCalendar}</Link>
    </Page>
  );
}
