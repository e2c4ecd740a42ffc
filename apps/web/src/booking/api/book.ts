import { post } from "./request";
import type { Booked, Order } from "./types";

export const book = (slug: string, order: Order, key: string) => post<Booked>(`booking/${slug}/book`, order, key);
