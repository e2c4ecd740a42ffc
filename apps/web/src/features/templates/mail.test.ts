import { expect, test } from "vitest";
import { mailOf } from "./mail";

test("the styles of a mail are taken out of its elements and its head, and those for other programs left out", () => {
  const page =
    '<head><style type="text/css">h1 { color: red; }</style><!--[if mso]><style>p { margin: 0; }</style><![endif]-->' +
    '<style>a { color: blue; }</style></head><body style="margin:0"><p style="color:red">1 style="x"</p></body>';
  expect(mailOf(page)).toEqual({
    html: '<head></head><body data-style="margin:0"><p data-style="color:red">1 style="x"</p></body>',
    styles: "h1 { color: red; }\na { color: blue; }",
  });
});

test("a mail leads nowhere and asks nobody for anything", () => {
  const { html } = mailOf('<a class="b" href="https://example.com">Go</a><img alt="" src="https://example.com/x.png">');
  expect(html).toBe(
    '<a class="b" data-href="https://example.com">Go</a><img alt="" data-src="https://example.com/x.png">',
  );
});
