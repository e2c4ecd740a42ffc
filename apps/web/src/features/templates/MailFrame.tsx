import { dress, mailOf } from "./mail";

/** A mail in a frame in which no script runs. */
export function MailFrame({ title, html }: { readonly title: string; readonly html: string }) {
  const mail = mailOf(html);
  return (
    <iframe
      className="preview__mail"
      title={title}
      sandbox="allow-same-origin"
      srcDoc={mail.html}
      onLoad={({ currentTarget }) => dress(currentTarget, mail.styles)}
    />
  );
}
