"""Cells that act in the browser of whoever opens them, unless something stops them.

Each sets the title of the page, loads a file or poses as a field of the page. ``RUN``
is what a script would do; it is also how a browser tells that it ran.
"""

from __future__ import annotations

import base64
from typing import Any

from tests.autograder.report.conftest import PNG

RUN = "document.title='ran'"
AWAY = "https://example.org"
FIELD = "l3_svm_loss_i_test"  # the id of a field of formgrader's page
LOAD = f'<img src=x onerror="{RUN}">'
SVG = "xmlns='http://www.w3.org/2000/svg'"


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def code(*outputs: dict[str, Any], source: str = "1", **metadata: Any) -> dict:
    return {
        "cell_type": "code",
        "id": "code",
        "metadata": metadata,
        "source": source,
        "outputs": list(outputs),
        "execution_count": 1,
    }


def text(source: str, **more: Any) -> dict[str, Any]:
    made = {"cell_type": "markdown", "id": "text", "metadata": {}, "source": source}
    return made | more


def shown(kind: str, data: Any, **metadata: Any) -> dict[str, Any]:
    return code(
        {
            "output_type": "display_data",
            "data": {kind: data, "text/plain": "<Figure>"},
            "metadata": metadata,
        }
    )


def html(source: str) -> dict[str, Any]:
    return shown("text/html", source)


ATTACHED = "![x](attachment:a)"
# Those that act where nothing cleans them.
VECTORS = {
    "script": html(f"<script>{RUN}</script>"),
    "script_of_a_file": html(f"<script src={AWAY}/a.js></script>"),
    "script_in_svg": html(f"<svg><script>{RUN}</script></svg>"),
    "onerror": html(LOAD),
    "onerror_in_capitals": html(f'<IMG SRC=x OnErRoR="{RUN}">'),
    "onload_of_svg": html(f'<svg onload="{RUN}"></svg>'),
    "onbegin": html(f'<svg><animate onbegin="{RUN}" attributeName=x dur=1s></svg>'),
    "ontoggle": html(f'<details open ontoggle="{RUN}">x</details>'),
    "onfocus": html(f'<input autofocus onfocus="{RUN}">'),
    "onstart": html(f'<marquee onstart="{RUN}">x</marquee>'),
    "onerror_of_video": html(f'<video><source onerror="{RUN}"></video>'),
    "use": html("<svg><use href='data:image/svg+xml,x'></use></svg>"),
    "foreign_object": html(f"<svg><foreignObject>{LOAD}</foreignObject></svg>"),
    "mutation": html(f"<math><mtext><table><mglyph><style><!--</style>{LOAD}"),
    "mutation_by_title": html(f'<svg></p><style><a id="</style>{LOAD}">'),
    "no_script": html(f'<noscript><p title="</noscript>{LOAD}"></noscript>'),
    "closed_elements": html(f"</pre></div></div></body><script>{RUN}</script>"),
    "link_to_script": html(f'<a href="javascript:{RUN}">x</a>'),
    "link_entities": html(f'<a href="&#106;ava&Tab;script&colon;{RUN}">x</a>'),
    "link_to_data": html(f'<a href="data:text/html,<script>{RUN}</script>">x</a>'),
    "link_of_math": html(f'<math><mi href="javascript:{RUN}">x</mi></math>'),
    "iframe": html(f"<iframe src={AWAY}></iframe>"),
    "iframe_srcdoc": html(f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>'),
    "object": html(f'<object data="data:text/html,{LOAD}"></object>'),
    "embed": html(f'<embed src="{AWAY}/a.swf">'),
    "refresh": html(f'<meta http-equiv=refresh content="0;url={AWAY}">'),
    "base": html(f"<base href={AWAY}/>"),
    "style_sheet": html(f"<link rel=stylesheet href={AWAY}/a.css>"),
    "style_import": html(f"<style>@import '{AWAY}/a.css';</style>"),
    "style_expression": html(f'<p style="width:expression({RUN})">x</p>'),
    "style_url": html(f'<p style="background:url({AWAY}/a.png)">x</p>'),
    "cover": html('<div style="position:fixed;inset:0">20 of 20 points</div>'),
    "picture_away": html(f"<img src={AWAY}/a.png>"),
    "picture_set": html(f'<img srcset="{AWAY}/a.png 2x">'),
    "picture_of_html": html('<img src="data:text/html;base64,PHA+">'),
    "form": html(f"<form action={AWAY}><input name=q><button>x</button></form>"),
    "button_of_a_form": html(f'<button formaction="javascript:{RUN}">x</button>'),
    "field": html(f'<input id="{FIELD}" class="score" value="20">'),
    "field_by_id": html(f'<b id="{FIELD}">x</b>'),
    "isolated": shown("text/html", LOAD, **{"text/html": {"isolated": True}}),
    "javascript": shown("application/javascript", RUN),
    "markdown_output": shown("text/markdown", LOAD),
    "png_name": shown("image/png", PNG, filenames={"image/png": f"{AWAY}/a.png"}),
    "png_width": shown("image/png", PNG, **{"image/png": {"width": f"1 {LOAD}"}}),
    "text_script": text(f"<script>{RUN}</script>"),
    "text_onerror": text(f"Because {LOAD}"),
    "text_in_capitals": text(f'<IMG SRC=x ONERROR="{RUN}">'),
    "text_in_a_diagram": text(f"```mermaid\n{LOAD}\n```"),
    "text_iframe": text(f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>'),
    "text_style": text(f"<style>@import '{AWAY}/a.css';</style>"),
    "text_field": text(f'<input id="{FIELD}">'),
    "text_heading": text(f"# {FIELD}"),
    "text_link": text(f"[x](javascript:{RUN})"),
    "text_link_entities": text(f"[x](&#106;avascript&colon;{RUN})"),
    "text_link_brackets": text(f"[x](<javascript:{RUN}>)"),
    "text_link_of_data": text("[x](data:text/html;base64,PHA+)"),
    "text_link_by_name": text(f"[x][y]\n\n[y]: javascript:{RUN}"),
    "text_link_on_two_lines": text(f"[x](\njavascript:{RUN})"),
    "text_link_alone": text(f"<javascript:{RUN}>"),
    "text_link_inside": text("[x](/formgrader/manage_students)"),
    "text_picture": text(f"![x]({AWAY}/a.png)"),
    "text_picture_by_name": text(f"![x][y]\n\n[y]: {AWAY}/a.png"),
    "attached_html": text(ATTACHED, attachments={"a": {"text/html": encoded(LOAD)}}),
    "attached_type": text(ATTACHED, attachments={"a": {f'x" {LOAD}': "AAAA"}}),
    "math_href": text(rf"$\href{{javascript:{RUN}}}{{x}}$"),
    "math_id": text(rf"$\cssId{{{FIELD}}}{{x}}$"),
    "math_class": text(r"$\class{panel-heading}{x}$"),
    "math_style": text(rf"$\style{{background:url({AWAY})}}{{x}}$"),
    "math_require": text(r"$\require{action}$"),
    "math_by_number": text(rf"$a$ \&#40;x &#92;href{{javascript:{RUN}}}{{x}} &#36;"),
    "math_by_name": text(rf"&dollar;&bsol;href{{javascript:{RUN}}}{{x}}&dollar;"),
    "math_in_html": html(rf"$\hr<wbr>ef{{javascript:{RUN}}}{{x}}$"),
    "math_output": shown("text/latex", rf"$\href{{javascript:{RUN}}}{{x}}$"),
    "math_of_html": shown("text/html", rf"$\h&#114;ef{{javascript:{RUN}}}{{x}}$"),
    "raw_field": {
        "cell_type": "raw",
        "id": "raw",
        "metadata": {"raw_mimetype": "text/html"},
        "source": f'<b id="{FIELD}" class="score">x</b>',
    },
    "raw_link": {
        "cell_type": "raw",
        "id": "raw",
        "metadata": {},
        "source": f"$\\href{{javascript:{RUN}}}{{x}}$",
    },
    "grade_id": code(nbgrader={"grade_id": f'x"{LOAD}', "grade": True, "points": 1}),
}
# Those that nbconvert or a browser stops too: they stay stopped.
STOPPED = {
    "script_after_a_comment": html(f"<!--><script>{RUN}</script>-->"),
    "script_in_half_a_tag": html(f"<scr<script>ipt>{RUN}</script>"),
    "widget": shown(
        "application/vnd.jupyter.widget-view+json",
        {"model_id": f"</script><script>{RUN}</script>"},
    ),
    "svg_in_place": shown("image/svg+xml", f"<svg {SVG}><style>@import'{AWAY}'"),
    "svg_script": shown("image/svg+xml", f"<svg {SVG}><script>{RUN}</script></svg>"),
    "svg_onload": shown("image/svg+xml", f'<svg {SVG} onload="{RUN}"></svg>'),
    "svg_picture": shown("image/svg+xml", f"<svg {SVG}><image href='{AWAY}'/></svg>"),
    "png_of_html": shown("image/png", encoded(f"<html>{LOAD}")),
    "text_comment": text(f"<!-- --!><script>{RUN}</script> -->"),
    "text_picture_of_svg": text("![x](data:image/svg+xml;base64,PHN2Zy8+)"),
    "attached_svg": text(
        ATTACHED, attachments={"a": {"image/svg+xml": encoded(f"<svg {SVG}/>")}}
    ),
    "alternative": code(
        {"output_type": "display_data", "data": {"image/png": PNG}, "metadata": {}},
        alt=f'x" onload="{RUN}',
    ),
    "stream": code({"output_type": "stream", "name": "stdout", "text": LOAD}),
    "stream_name": code({"output_type": "stream", "name": LOAD, "text": LOAD}),
    "stream_colours": code(
        {
            "output_type": "stream",
            "name": "stderr",
            "text": f"\x1b[31m{LOAD}\x1b]8;;javascript:{RUN}\x07x\x1b]8;;\x07",
        }
    ),
    "error": code(
        {
            "output_type": "error",
            "ename": LOAD,
            "evalue": LOAD,
            "traceback": [f"\x1b[0;31m{LOAD}\x1b[0m"],
        }
    ),
    "plain": shown("text/plain", LOAD),
    "json": shown("application/json", {"a": f"</script><script>{RUN}</script>"}),
    "vega": shown("application/vnd.vegalite.v5+json", {"data": {"url": AWAY}}),
    "plotly": shown("application/vnd.plotly.v1+json", {"data": [LOAD]}),
    "own_html": shown("application/vnd.custom+html", LOAD),
    "source": code(source=f"x = '</pre></div>{LOAD}'"),
    "source_magic": code(source=f"%%html\n{LOAD}"),
    "tags": code(tags=[f'x"{LOAD}', LOAD]),
    "cell_id": code() | {"id": f'x" onclick="{RUN}'},
    "text_code": text(f"`{LOAD}`\n\n    {LOAD}\n\n```html\n{LOAD}\n```"),
    "text_fence": text(f'```x" onclick="{RUN}\n1\n```'),
    "text_title": text(f"[x]({AWAY} 'a\" onclick=\"{RUN}')"),
    "text_table": text(f"| a |\n|---|\n| [x](javascript:{RUN}) {LOAD} |"),
}
METADATA = {
    "title": f"</title><script>{RUN}</script>",
    "authors": [{"name": LOAD}],
    "kernelspec": {"name": LOAD, "display_name": LOAD, "language": LOAD},
    "language_info": {"name": LOAD, "pygments_lexer": LOAD},
    "widgets": {
        "application/vnd.jupyter.widget-state+json": {
            "state": {"a": f"</script><script>{RUN}</script>"}
        }
    },
}


def notebook(*cells: dict[str, Any], **metadata: Any) -> dict[str, Any]:
    return {"cells": list(cells), "metadata": metadata} | {
        "nbformat": 4,
        "nbformat_minor": 5,
    }
