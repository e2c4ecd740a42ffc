/** Which staff member's column something is drawn in: React Big Calendar does not tell the preview of a drag. */

import { createContext, forwardRef, type CSSProperties, type ReactNode } from "react";

export const Column = createContext<string | undefined>(undefined);

interface Props {
  readonly children?: ReactNode;
  readonly className?: string;
  readonly style?: CSSProperties;
  readonly resource?: string;
}

export const DayColumn = forwardRef<HTMLDivElement, Props>(function DayColumn(
  { children, className, style, resource },
  ref,
) {
  return (
    <Column.Provider value={resource}>
      <div ref={ref} className={className} style={style} data-column={resource}>
        {children}
      </div>
    </Column.Provider>
  );
});
