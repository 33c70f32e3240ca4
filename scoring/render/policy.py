"""What pages may load and run: the content security policy (W3C, Content Security Policy Level 3), and what a host that
can send headers says besides.

Hashes are taken of a page's frame, before anything of the data is put into it: what came in by the data is never among
them.
"""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

_INLINE = re.compile(r"<(script|style)((?:\s[^>]*)?)>(.*?)</\1>", re.DOTALL)
_CHARSET = re.compile(r"<meta charset=\"utf-8\">", re.IGNORECASE)
HEADERS = "_headers"
UNFRAMED = "frame-ancestors 'none'"


def digest(text: str) -> str:
    """The source expression of an inline script or style sheet."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def policy(frame: str) -> str:
    """The policy of a page: its own origin, and by their hashes the inline pieces of its frame. Charts may still be
    styled by scripts, property by property."""
    found: dict[str, list[str]] = {"script": [], "style": [f"'{digest('')}'"]}  # Plotly fills an empty sheet by script
    for kind, attributes, text in _INLINE.findall(frame):
        if "src=" not in attributes and "json" not in attributes and text:
            found[kind].append(f"'{digest(text)}'")
    script, style = (" ".join(["'self'", *dict.fromkeys(found[kind])]) for kind in ("script", "style"))
    return (
        f"default-src 'none'; script-src {script}; style-src {style}; "
        "img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; frame-src 'self'; "
        "base-uri 'none'; form-action 'self'"
    )


def guarded(frame: str) -> str:
    """A page's frame that states its policy, before anything that it is about."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(frame)}">'
    found = _CHARSET.search(frame)
    assert found is not None, "a page must say how it is encoded"
    return f"{frame[: found.end()]}\n  {meta}{frame[found.end() :]}"


def headers(languages: tuple[str, ...], frames: str) -> str:
    """`_headers`, as Netlify and Cloudflare Pages read it: the policy of the pages in these frames again; nobody frames
    the site but embeds, which everybody may; data may be fetched from anywhere. Hosts join what several rules say, and
    browsers keep to every policy they are given, so that no two rules with a policy may meet: embeds and frozen
    editions state their own in each page."""
    everywhere = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    alone = {"Content-Security-Policy": f"{policy(frames)}; {UNFRAMED}", "X-Frame-Options": "DENY"}
    pinned = alone | {"Content-Security-Policy": UNFRAMED}
    shared = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
    roots, entrances = ("/", "/demo/"), ("", "index.html", "404.html")
    own = [f"{code}/*" for code in languages]
    places = [("/*", everywhere)]
    places += [(root + path, alone) for root in roots for path in (*entrances, *own)]
    places += [(f"/editions/:edition/{path}", pinned) for path in ("", "index.html", *own)]
    places += [
        (f"{root}{path}/*", shared) for root in roots for path in ("embed", "editions", "api", "data", "feeds", "cards")
    ]
    return "\n".join(_told(path, said) for path, said in places)


def _told(path: str, said: dict[str, str]) -> str:
    return f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in said.items())
