// Only `polypost serve` adds this to a page: a new release shows by itself, after a restart of the server too.
"use strict";

(() => {
  let seen = null;
  new EventSource("/.polypost/releases").onmessage = event => {
    if (seen !== null && seen !== event.data) location.reload();
    seen = event.data;
  };
})();
