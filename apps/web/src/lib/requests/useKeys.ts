import { useState } from "react";
import { once } from "../api/client";

/** Keys under which things are added once: the same thing again has the same one, whatever happened in between. */
export interface Keys {
  (...about: readonly unknown[]): string;
  /** It is there, or was refused: asked for again it is another one. Without arguments: all that was asked for. */
  readonly forget: (...about: readonly unknown[]) => void;
}

export function useKeys(): Keys {
  const [keys] = useState(newKeys);
  return keys;
}

export function newKeys(): Keys {
  const keys = new Map<string, string>();
  const keyOf = (...about: readonly unknown[]) => {
    const said = JSON.stringify(about);
    const key = keys.get(said) ?? once()["Idempotency-Key"];
    keys.set(said, key);
    return key;
  };
  const forget = (...about: readonly unknown[]) => {
    if (about.length > 0) keys.delete(JSON.stringify(about));
    else keys.clear();
  };
  return Object.assign(keyOf, { forget });
}
