// "Back to the list" leads to the list that a reader came from, with what was searched and chosen there.

const LIST = "polypost.list";
const link = document.querySelector("[data-back]");
const versions = new URL("..", location.href); // the folder of this language

// Storage may be forbidden; then the link leads to the whole list.
const stored = storage => {
  try {
    return storage();
  } catch {
    return null;
  }
};

const isList = address =>
  address.startsWith(versions.href) && !address.startsWith(new URL("postings/", versions).href);

const cameFrom = document.referrer;
if (isList(cameFrom)) {
  stored(() => sessionStorage.setItem(LIST, cameFrom));
  // Going back keeps the place in the list too.
  link.addEventListener("click", event => {
    const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (!plain || history.length < 2) return;
    event.preventDefault();
    history.back();
  });
}
const list = stored(() => sessionStorage.getItem(LIST));
if (list && isList(list)) link.href = list;
