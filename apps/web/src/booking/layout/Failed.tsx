/** What went wrong and was caught nowhere else is said, and can be tried again. */

import { useQueryErrorResetBoundary } from "@tanstack/react-query";
import { Component, type ReactNode } from "react";
import { useWords } from "../i18n/messages";

interface Props {
  readonly children: ReactNode;
}

export function Failed({ children }: Props) {
  const { reset } = useQueryErrorResetBoundary();
  return <Boundary tryAgain={reset}>{children}</Boundary>;
}

class Boundary extends Component<Props & { readonly tryAgain: () => void }, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  readonly #again = () => {
    this.props.tryAgain();
    this.setState({ hasFailed: false });
  };

  override render() {
    return this.state.hasFailed ? <Said again={this.#again} /> : this.props.children;
  }
}

function Said({ again }: { readonly again: () => void }) {
  const words = useWords();
  return (
    <main className="refusal" role="alert">
      <h1>{words.failed}</h1>
      <button type="button" className="button main" onClick={again}>
        {words.again}
      </button>
    </main>
  );
}
