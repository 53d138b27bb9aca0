// Prints as JSON what pa11y has to say about the addresses given after the browser: one browser for all of them.
const { dirname, join } = require("node:path");
const { realpathSync } = require("node:fs");

const AT_ONCE = 4; // half a second of each is a wait until the network is quiet
const PATIENCE = 180_000; // milliseconds for one page; only a test that fails waits as long
const [tool, executablePath, ...addresses] = process.argv.slice(2);
const modules = dirname(dirname(dirname(realpathSync(tool))));
const pa11y = require(join(modules, "pa11y"));
const puppeteer = require(join(modules, "puppeteer"));

(async () => {
  const browser = await puppeteer.launch({ executablePath, headless: "shell", args: ["--no-sandbox"] });
  const found = {};
  const lookAtTheRest = async () => {
    for (let address; (address = addresses.shift()); ) {
      const { issues } = await pa11y(address, { browser, standard: "WCAG2AA", includeWarnings: false, timeout: PATIENCE });
      found[address] = issues.map(issue => `${issue.code} ${issue.selector}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lookAtTheRest));
  await browser.close();
  console.log(JSON.stringify(found));
})();
