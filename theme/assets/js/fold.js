// @ts-check
/** Spellings that a reader types one way and a page another, made alike. @param {string} text */
export const fold = (text) => text.trim().toLowerCase().normalize("NFKD")
  .replace(/[\u0300-\u036f\u064b-\u065f\u0670\u0640]/g, "")
  .replace(/[أإآٱ]/g, "ا").replace(/ى/g, "ي").replace(/ة/g, "ه").replace(/ؤ/g, "و").replace(/ئ/g, "ي");
