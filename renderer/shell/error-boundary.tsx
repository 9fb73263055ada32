import { Component, type ReactNode } from 'react';

interface Props {
  readonly children: ReactNode;
}

/** What is shown when the window itself fails: never the error, which may quote what was on screen. */
export class ErrorBoundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <main role="alert">
        <h1>The window stopped working</h1>
        <p>Your vault is not affected: it lives outside the window.</p>
        <button type="button" onClick={() => window.location.reload()}>
          Load the window again
        </button>
      </main>
    );
  }
}
