/** What was just done, or could not be, said in passing. */

import { create } from "zustand";

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly detail?: string | undefined;
  readonly kind: "done" | "failed";
  readonly action?: { readonly label: string; readonly act: () => void } | undefined;
}

interface Toasts {
  readonly shown: readonly Toast[];
  readonly show: (toast: Omit<Toast, "id">) => void;
  readonly dismiss: (id: number) => void;
}

const MOST = 3;
const STAYS = 10_000; // milliseconds: long enough to read it and to press its button

let last = 0;

export const useToasts = create<Toasts>((set, get) => ({
  shown: [],
  show: (toast) => {
    const id = ++last;
    set(({ shown }) => ({ shown: [...shown, { ...toast, id }].slice(-MOST) }));
    setTimeout(() => get().dismiss(id), STAYS);
  },
  dismiss: (id) => set(({ shown }) => ({ shown: shown.filter((each) => each.id !== id) })),
}));

/** Says it, from anywhere. */
export function toast(said: Omit<Toast, "id">): void {
  useToasts.getState().show(said);
}
