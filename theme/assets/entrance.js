/* Take readers to their language; without scripts the page offers all. */
const spoken = [...document.querySelectorAll("link[hreflang]")].map((link) => link.hreflang);
const wanted = (navigator.languages || [navigator.language]).map((code) => code.slice(0, 2)).find((code) => spoken.includes(code));
location.replace(`${wanted ?? (spoken.includes("en") ? "en" : spoken[0])}/`);
