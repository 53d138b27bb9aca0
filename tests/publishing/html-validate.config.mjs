// What a page of ours has to keep to; every preset that the tool has for whole documents, less what is named below.
export default {
  root: true,
  extends: [
    "html-validate:recommended",
    "html-validate:standard",
    "html-validate:document",
    "html-validate:a11y",
  ],
  rules: {
    // A title ends with the name of the posting and the employer, as long as these are.
    "long-title": "off",
    // The style sheet comes from the same folder as the page: whoever can change one can change the other.
    "require-sri": "off",
    // Pages hold no style of their own.
    "no-inline-style": "error",
  },
};
