/** What moves things, loaded when the page is there. */
export { domAnimation as default } from "motion/react";
