/* Take readers to their language; without scripts the page offers both. */
location.replace((navigator.languages || [navigator.language]).find((l) => /^(ar|en)\b/.test(l))?.slice(0, 2) === "ar" ? "ar/" : "en/");
