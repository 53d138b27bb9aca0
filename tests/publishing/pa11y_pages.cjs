// Prints as JSON what pa11y has to say about the addresses given after the browser: one browser for all of them.
const { dirname, join } = require("node:path");
const { realpathSync } = require("node:fs");

const [tool, executablePath, ...addresses] = process.argv.slice(2);
const modules = dirname(dirname(dirname(realpathSync(tool))));
const pa11y = require(join(modules, "pa11y"));
const puppeteer = require(join(modules, "puppeteer"));

(async () => {
  const browser = await puppeteer.launch({ executablePath, args: ["--no-sandbox"] });
  const found = {};
  for (const address of addresses) {
    const { issues } = await pa11y(address, { browser, standard: "WCAG2AA", includeWarnings: false });
    found[address] = issues.map(issue => `${issue.code} ${issue.selector}`);
  }
  await browser.close();
  console.log(JSON.stringify(found));
})();
