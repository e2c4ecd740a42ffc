import { useLocation, useNavigate } from "react-router";
import { calendarAt } from "./address";

/** Goes to the calendar, with what is to be different there. */
export function useGo(): (changed: Readonly<Record<string, string>>) => void {
  const here = useLocation();
  const navigate = useNavigate();
  return (changed) => void navigate(calendarAt(here, changed));
}
