/** React Big Calendar with its drag-and-drop addon. */

import { Calendar } from "react-big-calendar";
import * as addon from "react-big-calendar/lib/addons/dragAndDrop";
import type { StaffMember } from "../../lib/catalogue/staff";
import type { Entry } from "./entries";

type WithDragAndDrop = typeof addon.default;

/** A CommonJS module may come wrapped once more, by the bundler's idea of what its default is. */
const found = addon.default as WithDragAndDrop | { readonly default: WithDragAndDrop };
const withDragAndDrop = "default" in found ? found.default : found;

export const DragAndDropCalendar = withDragAndDrop<Entry, StaffMember>(Calendar);
