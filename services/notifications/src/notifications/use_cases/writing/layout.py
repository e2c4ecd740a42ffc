"""The frame around the body of every mail, in MJML: name above, contact below, the direction of the language."""

from collections.abc import Sequence

from markupsafe import Markup, escape
from mjml import mjml2html

from notifications.domain import Business

_ACCENT, _INK, _SOFT, _GROUND, _LINE = "#276749", "#1f2a27", "#5c6b66", "#f3f5f4", "#e3e8e5"
_FONTS = "'Segoe UI', 'Helvetica Neue', 'Noto Sans Arabic', 'Noto Sans', Tahoma, Arial, sans-serif"

_FRAME = """\
<mjml lang="{language}" dir="{direction}">
<mj-head>
<mj-title>{title}</mj-title>
<mj-preview>{preview}</mj-preview>
<mj-attributes>
<mj-all font-family="{fonts}" />
<mj-text color="{ink}" font-size="16px" line-height="1.6" align="{begin}" padding="6px 28px" />
<mj-table color="{ink}" font-size="15px" line-height="1.5" align="{begin}" padding="12px 28px" />
<mj-button background-color="{accent}" color="#ffffff" border-radius="8px" font-size="16px" font-weight="600" \
inner-padding="13px 26px" align="{begin}" padding="14px 28px 18px" />
<mj-section background-color="#ffffff" padding="0" direction="{direction}" />
<mj-column direction="{direction}" />
<mj-wrapper direction="{direction}" />
</mj-attributes>
<mj-style>
h1 {{ font-size: 24px; line-height: 1.3; margin: 0; font-weight: 700; }}
a {{ color: {accent}; }}
td.label {{ color: {soft}; width: 1%; white-space: nowrap; padding: 9px 0; padding-{end}: 20px; vertical-align: top; \
border-bottom: 1px solid {line}; }}
td.value {{ padding: 9px 0; vertical-align: top; border-bottom: 1px solid {line}; font-weight: 600; }}
tr.last td {{ border-bottom: 0; }}
.code {{ font-size: 34px; letter-spacing: 8px; font-weight: 700; direction: ltr; unicode-bidi: isolate; \
margin-right: -8px; }}
.phone {{ white-space: nowrap; }}
</mj-style>
</mj-head>
<mj-body background-color="{ground}" width="600px">
<mj-section background-color="{ground}" padding="22px 0 10px"><mj-column>
<mj-text font-size="17px" font-weight="700" color="{accent}" padding="4px 28px">{name}</mj-text>
</mj-column></mj-section>
<mj-wrapper background-color="#ffffff" border-radius="14px" padding="22px 0 20px">
{body}
</mj-wrapper>
<mj-section background-color="{ground}" padding="14px 0 30px"><mj-column>
<mj-text font-size="13px" color="{soft}" padding="4px 28px">{footer}</mj-text>
</mj-column></mj-section>
</mj-body>
</mjml>"""

_SECTION, _COLUMN = "<mj-section", "<mj-column"
_BREAK = Markup("<br />")


def framed(body: str, business: Business, *, title: str, preview: str, locale: str) -> str:
    """The whole mail as HTML. ValueError, in MJML's words, for a body that is no MJML."""
    right_to_left = locale == "ar"
    frame = _FRAME.format(
        language=locale,
        direction="rtl" if right_to_left else "ltr",
        begin="right" if right_to_left else "left",
        end="left" if right_to_left else "right",
        title=escape(title),
        preview=escape(preview),
        name=escape(business.name),
        footer=_footer(business),
        body=body if _SECTION in body else _in_a_section(body),
        fonts=_FONTS,
        accent=_ACCENT,
        ink=_INK,
        soft=_SOFT,
        ground=_GROUND,
        line=_LINE,
    )
    return mjml2html(frame, disable_comments=True, fonts={})


def table(rows: Sequence[tuple[str, str]]) -> Markup:
    """What is booked, line by line, as a part of the body; a value may have several lines."""
    lines = [
        Markup('<tr{}><td class="label">{}</td><td class="value"><span dir="auto">{}</span></td></tr>').format(
            Markup(' class="last"') if number == len(rows) else "", label, _BREAK.join(value.splitlines())
        )
        for number, (label, value) in enumerate(rows, 1)
    ]
    return Markup("<mj-table>{}</mj-table>").format(Markup("").join(lines))


def button(label: str, url: str) -> Markup:
    """Something to press, as a part of the body."""
    return Markup('<mj-button href="{}">{}</mj-button>').format(url, label)


def _in_a_section(body: str) -> str:
    inside = body if _COLUMN in body else f"<mj-column>{body}</mj-column>"
    return f"<mj-section>{inside}</mj-section>"


def _footer(business: Business) -> Markup:
    """A line for the name, the address, and each way to reach them."""
    phone, email = business.contact_phone, business.contact_email
    lines = [
        escape(business.name),
        *map(escape, (business.address or "").splitlines()),
        Markup('<span class="phone" dir="ltr">{}</span>').format(phone) if phone else "",
        Markup('<a href="mailto:{0}">{0}</a>').format(email) if email else "",
    ]
    return _BREAK.join(filter(None, lines))
