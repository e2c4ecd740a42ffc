import type { ButtonHTMLAttributes, ReactNode } from "react";
import "./button.css";

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `primary`: what one comes for, once on a screen. `quiet`: beside other things. `danger`: what is lost by it. */
  readonly kind?: "primary" | "secondary" | "quiet" | "danger";
  readonly icon?: ReactNode;
  /** What it does is being done: it can be focused and not pressed. */
  readonly isBusy?: boolean;
}

export function Button({ kind = "secondary", icon, isBusy = false, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      {...(isBusy ? { "aria-disabled": true, "aria-busy": true, onClick: ignore } : {})}
      className={`button button--${kind} ${rest.className ?? ""}`}
    >
      {isBusy ? <span className="button__spinner" aria-hidden="true" /> : icon}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, "children" | "icon"> {
  /** Said by screen readers, and shown to who waits over it. */
  readonly label: string;
  readonly icon: ReactNode;
}

export function IconButton({ label, icon, kind = "quiet", ...rest }: IconButtonProps) {
  return (
    <Button
      {...rest}
      kind={kind}
      icon={icon}
      aria-label={label}
      title={label}
      className={`button--icon ${rest.className ?? ""}`}
    />
  );
}

function ignore(event: { preventDefault: () => void }): void {
  event.preventDefault();
}
