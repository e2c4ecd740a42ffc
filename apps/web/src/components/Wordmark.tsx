import "./wordmark.css";

export function Wordmark() {
  return (
    <span className="wordmark">
      <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
        <circle cx="16" cy="16" r="15" className="wordmark__disc" />
        <path d="M16 16V5.5A10.5 10.5 0 0 1 26.5 16z" className="wordmark__light" />
        <circle cx="16" cy="16" r="10.5" className="wordmark__ring" />
      </svg>
      <span>Sundial</span>
    </span>
  );
}
