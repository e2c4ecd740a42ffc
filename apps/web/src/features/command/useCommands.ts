import { useQuery } from "@tanstack/react-query";
import { useLocation, useNavigate } from "react-router";
import { services } from "../../lib/catalogue/services";
import { switched } from "../../lib/catalogue/shownStaff";
import { staff } from "../../lib/catalogue/staff";
import { useLocale, useWords } from "../../lib/i18n/locale";
import { useBusinessZone, useFormats } from "../../lib/time/business";
import { duration } from "../../lib/time/format";
import { at, dayOf } from "../../lib/time/zone";
import { staffShown } from "./address";
import { fitting, type Command, type Screen } from "./commands";
import { dateOf } from "./dates";
import { useGo } from "./useGo";
import { useSearch, type Found } from "./useSearch";
import { commandWords } from "./words";

const NOON = 720; // minutes
const VIEWS = { day: "D", week: "W", month: "M", agenda: "A" } as const;

/** What fits what is written now. */
export function useCommands(written: string, screens: readonly Screen[], onKeys: () => void): Found {
  const locale = useLocale();
  const found = useSearch(written);
  const all = [
    ...useDates(written),
    ...found.commands,
    ...useServices(written),
    ...useCalendar(onKeys),
    ...useStaff(),
    ...useScreens(screens),
  ];
  return { ...found, commands: fitting(all, written, locale) };
}

function useDates(written: string): readonly Command[] {
  const words = useWords(commandWords);
  const formats = useFormats();
  const zone = useBusinessZone();
  const go = useGo();
  const day = dateOf(written, dayOf(zone, new Date()), useLocale());
  if (!day) return [];
  const text = words.goTo(formats.longDay(at(zone, day, NOON)));
  return [{ id: "date", group: "dates", text, run: () => go({ day }) }];
}

/** Only by their names: nobody wants all of them. */
function useServices(written: string): readonly Command[] {
  const navigate = useNavigate();
  const locale = useLocale();
  const { data = [] } = useQuery(services);
  if (!written.trim()) return [];
  return data.map(({ id, name, durationMinutes }) => ({
    id: `service-${id}`,
    group: "services",
    text: name,
    more: duration(durationMinutes, locale),
    run: () => void navigate(`/services/${id}`),
  }));
}

function useCalendar(onKeys: () => void): readonly Command[] {
  const words = useWords(commandWords);
  const today = dayOf(useBusinessZone(), new Date());
  const go = useGo();
  const views = Object.entries(VIEWS) as readonly [keyof typeof VIEWS, string][];
  return [
    { id: "new", group: "calendar", text: words.newAppointment, key: "C", run: () => go({ appointment: "new" }) },
    { id: "today", group: "calendar", text: words.today, key: "T", run: () => go({ day: today }) },
    ...views.map(([view, key]): Command => ({
      id: view,
      group: "calendar",
      text: words[view],
      key,
      run: () => go({ view }),
    })),
    { id: "keys", group: "calendar", text: words.sheet, key: "?", run: onKeys },
  ];
}

function useStaff(): readonly Command[] {
  const words = useWords(commandWords);
  const here = useLocation();
  const go = useGo();
  const { data = [] } = useQuery(staff);
  const everybody = data.map(({ id }) => id);
  const shown = staffShown(here);
  return data.map(({ id, name }) => ({
    id: `staff-${id}`,
    group: "staff",
    text: shown.length === 0 || shown.includes(id) ? words.hide(name) : words.show(name),
    run: () => go({ staff: switched(everybody, shown, id).join(",") }),
  }));
}

function useScreens(screens: readonly Screen[]): readonly Command[] {
  const words = useWords(commandWords);
  const navigate = useNavigate();
  const open = ({ path, name }: Screen): Command => ({
    id: `screen-${path.replaceAll("/", "-")}`,
    group: "screens",
    text: words.open(name),
    run: () => void navigate(path),
  });
  return [...screens, { path: "/customers/new", name: words.newCustomer }].map(open);
}
