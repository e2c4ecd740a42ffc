/** Which appointments of a series are meant. */

export const SCOPES = ["this", "following", "all"] as const;
export type Scope = (typeof SCOPES)[number];
