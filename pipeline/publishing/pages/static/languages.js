// A language that was chosen once is offered on other pages; nobody is led away.

const CHOICE = "polypost.language";
const pageLanguage = document.documentElement.lang;

// Storage may be forbidden; then nothing is remembered.
const remembered = () => {
  try {
    return localStorage.getItem(CHOICE);
  } catch {
    return null;
  }
};
const remember = language => {
  try {
    localStorage.setItem(CHOICE, language);
  } catch {
    // Nothing to do: the page is the same without it.
  }
};

// The language that was chosen last, else the browser's first one that there is.
const wantedAmong = languages => {
  const chosen = remembered();
  if (chosen) return chosen;
  for (const tag of navigator.languages) {
    const base = language => language.split("-")[0];
    const found = languages.find(language => language === tag) || languages.find(language => base(language) === base(tag));
    if (found) return found;
  }
  return null;
};

const offerLanguages = () => {
  const offers = [...document.querySelectorAll(".offer")];
  const wanted = wantedAmong([pageLanguage, ...offers.map(offer => offer.lang)]);
  for (const offer of offers) offer.hidden = offer.lang !== wanted;
  const cards = [...document.querySelectorAll(".choice > [data-language]")];
  const card = cards.find(each => each.dataset.language === wantedAmong(cards.map(each => each.dataset.language)));
  if (!card) return;
  card.parentNode.prepend(card);
  card.querySelector(".hint").hidden = remembered() !== card.dataset.language;
};

export const rememberLanguage = () => {
  document.addEventListener("click", event => {
    const chosen = event.target.closest("[data-choose]");
    if (!chosen) return;
    remember(chosen.dataset.choose);
    if (chosen.tagName === "BUTTON") offerLanguages();
  });
  addEventListener("pageshow", offerLanguages);
};
