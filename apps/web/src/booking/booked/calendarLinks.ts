/** Addresses at which other people's calendars take an appointment; asked only when somebody presses them. */

import type { Appointment, Page } from "../api/types";

export function googleCalendar(appointment: Appointment, page: Page): string {
  const query = new URLSearchParams({
    action: "TEMPLATE",
    text: titleOf(appointment, page),
    dates: `${compact(appointment.start)}/${compact(appointment.end)}`,
    ctz: appointment.timezone,
    location: page.address ?? "",
  });
  return `https://calendar.google.com/calendar/render?${query.toString()}`;
}

export function outlookCalendar(appointment: Appointment, page: Page): string {
  const query = new URLSearchParams({
    path: "/calendar/action/compose",
    rru: "addevent",
    subject: titleOf(appointment, page),
    startdt: appointment.start,
    enddt: appointment.end,
    location: page.address ?? "",
  });
  return `https://outlook.live.com/calendar/0/deeplink/compose?${query.toString()}`;
}

function titleOf({ serviceName }: Appointment, { businessName }: Page): string {
  return `${serviceName}, ${businessName}`;
}

/** RFC 5545: 20261207T060000Z. */
function compact(instant: string): string {
  return new Date(instant).toISOString().replaceAll(/[-:]|\.\d+/g, "");
}
