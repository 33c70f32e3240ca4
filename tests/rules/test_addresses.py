"""Addresses: what must pass, and what must not."""

import pytest

from scoring.rules.addresses import find_fault

GOOD = [
    "https://www.moj.gov.ae/en/eparticipation/e-participation-policy.aspx",
    "http://example.org",
    "https://example.org:443/a?b=c&d=e#f",
    "https://وزارة.مثال/سياسة",
    "https://xn--mgbaam7a8h.xn--mgberp4a5d4ar/",
    "https://موقع.example/صفحة",
    "https://2050.gov.example/%D8%A7?x=&amp=1",
    "https://under_score.example/~user/(a)_[b]".replace("[b]", "b"),
    "https://日本の例え.jp",
    "http://65.108.81.244/article/23/09/2012/x",  # a known mirror
]
BAD = {
    "javascript:alert(1)": "E350",
    "JaVaScRiPt:alert(1)": "E350",
    "data:text/html;base64,AAAA": "E350",
    "ftp://example.org/": "E350",
    "//example.org/": "E350",
    "https:/example.org": "E350",
    "https:example.org": "E350",
    "java&#115;cript:alert(1)": "E355",
    "javascript&colon;alert(1)": "E355",
    "java\tscript:alert(1)": "E355",
    "https://exa mple.org/": "E355",
    "https://example.org/{{ url }}": "E355",
    "https://example.org/{{url}}": "E355",
    'https://example.org/"onclick=': "E355",
    "https://example.org/<script>": "E355",
    "https://example.org\\@evil.example/": "E355",
    "https://user:secret@example.org/": "E351",
    "https://example.org@evil.example/": "E351",
    "http://192.0.2.1/": "E352",
    "http://[2001:db8::1]/": "E352",
    "http://3221225985/": "E352",
    "http://0xC0.0x00.0x02.0x01/": "E352",
    "http://localhost/": "E352",
    "http://server.local/": "E352",
    "https:///nowhere": "E352",
    "https://example.org:8443/": "E353",
    "http://example.org:443/": "E353",
    "https://example.org:99999/": "E355",
    "https://t\u0456des.example/": "E354",  # Cyrillic і
    "https://\u0430\u0440\u0440\u04cf\u0435.com/": "E354",  # wholly Cyrillic, looks like apple
    "https://xn--80ak6aa92e.com/": "E354",  # the same, already encoded
    "https://م\u0061.example/": "E354",
    "https://example\uff0eorg/": "E355",  # full-width dot
    "https://example\u3002org/": "E355",  # ideographic full stop
    "https://\uff45xample.org/": "E355",  # full-width letter
    "https://exam\u202eple.org/": "E355",
    "https://exam\u00adple.org/": "E355",
    "https://example..org/": "E355",
    "https://-example.org/": "E355",
}


@pytest.mark.parametrize("address", GOOD)
def test_good_addresses_pass(address: str) -> None:
    assert find_fault(address) is None


@pytest.mark.parametrize(("address", "code"), BAD.items())
def test_bad_addresses_do_not(address: str, code: str) -> None:
    fault = find_fault(address)
    assert fault is not None
    assert fault[0].code.startswith(code)


def test_a_mixed_domain_shows_its_punycode() -> None:
    fault = find_fault("https://t\u0456des.example/")
    assert fault is not None
    assert fault[1] == {"punycode": "xn--tdes-l9d.example"}
