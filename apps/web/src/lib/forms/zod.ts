/** Zod's small half, which compiles nothing: the policy for browsers does not let it, and tells of every attempt. */

import * as z from "zod/mini";

z.config({ jitless: true });

export { z };
