/** What the public API takes and answers, by the names of its OpenAPI document. */

import type { components } from "../../lib/api/schema";

type Schemas = components["schemas"];

export type Page = Schemas["PublicPageOut"];
export type Service = Schemas["PublicServiceOut"];
export type Question = Schemas["PublicQuestionOut"];
export type StaffMember = Schemas["PublicStaffOut"];
export type Money = Schemas["Money"];
export type Slots = Schemas["SlotsOut"];
export type Slot = Schemas["SlotOut"];
export type Day = Schemas["DayOut"];
export type Wish = Schemas["WishIn"];
export type Hold = Schemas["HoldOut"];
export type Order = Schemas["BookIn"];
export type Booked = Schemas["BookedOut"];
export type Appointment = Schemas["GuestAppointment"];
export type Managed = Schemas["ManagedOut"];
export type ToPay = Schemas["booking_public__schemas__bookings__PaymentOut"];
export type Join = Schemas["JoinIn"];
export type Joined = Schemas["JoinedOut"];
export type Waiting = Schemas["WishOut"];
export type Alternative = Schemas["Alternative"];
